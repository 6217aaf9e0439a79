#define _BSD_SOURCE
#include <unistd.h>
#include <stdarg.h>
#include <errno.h>
#include "syscall.h"

#undef syscall

/* Calls of our own have numbers from here on. Nobody asks for them by number, and fork among the imports
 * would make the host compile a program as one that can be copied. */
#define OURS 1000

/* Linking either function imports every other call there is. */

hidden long __javix_call_by_number(long n, long long a, long long b, long long c, long long d, long long e, long long f)
{
	return n < OURS ? __javix_call(n, a, b, c, d, e, f) : -ENOSYS;
}

/* Calls that take a 64-bit offset cannot be made this way: each argument is taken as a long. */
long syscall(long n, ...)
{
	va_list arguments;
	long a[6];
	va_start(arguments, n);
	/* Without arguments there is no place for them, and nothing to read. */
	void *any = *(void **)&arguments;
	for (int i = 0; i < 6; i++) a[i] = any ? va_arg(arguments, long) : 0;
	va_end(arguments);
	return __syscall_ret(__javix_call_by_number(n, a[0], a[1], a[2], a[3], a[4], a[5]));
}
