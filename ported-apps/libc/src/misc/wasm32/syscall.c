#define _BSD_SOURCE
#include <unistd.h>
#include <stdarg.h>
#include "syscall.h"

#undef syscall

/* Linking either function imports every call there is. */

hidden long __javix_call_by_number(long n, long long a, long long b, long long c, long long d, long long e, long long f)
{
	return __javix_call(n, a, b, c, d, e, f);
}

/* Calls that take a 64-bit offset cannot be made this way: each argument is taken as a long. */
long syscall(long n, ...)
{
	va_list arguments;
	long a[6];
	va_start(arguments, n);
	for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
	va_end(arguments);
	return __syscall_ret(__javix_call_by_number(n, a[0], a[1], a[2], a[3], a[4], a[5]));
}
