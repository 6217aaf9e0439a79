/* GNU's error(), for tests that report by it. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((unused)) static void error(int status, int number, const char *format, ...)
{
	va_list arguments;
	fflush(stdout);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	if (number) fprintf(stderr, ": %s", strerror(number));
	putc('\n', stderr);
	if (status) exit(status);
}
