#include "syscall.h"

/* For the few sources that do not see our "syscall.h". */
long (__syscall_cp)(syscall_arg_t n, syscall_arg_t a, syscall_arg_t b, syscall_arg_t c,
	syscall_arg_t d, syscall_arg_t e, syscall_arg_t f)
{
	return __javix_call_by_number(n, a, b, c, d, e, f);
}
