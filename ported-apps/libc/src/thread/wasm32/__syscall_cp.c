#include "syscall.h"

/* A program that cancels no thread has these; pthread_cancel.c replaces them. */

static long begin(void)
{
	return 0;
}
weak_alias(begin, __javix_cp_begin);

static long end(long result)
{
	return result;
}
weak_alias(end, __javix_cp_end);

/* For the few sources that do not see our "syscall.h". */
long (__syscall_cp)(syscall_arg_t n, syscall_arg_t a, syscall_arg_t b, syscall_arg_t c,
	syscall_arg_t d, syscall_arg_t e, syscall_arg_t f)
{
	long cancelled = __javix_cp_begin();
	return cancelled ? cancelled : __javix_cp_end(__javix_call_by_number(n, a, b, c, d, e, f));
}
