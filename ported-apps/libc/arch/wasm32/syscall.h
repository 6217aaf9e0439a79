/* Found before the C library's own "syscall.h" by most of its sources: a call that is a cancellation point must not go
 * through a function that takes the number as an argument. */
#ifndef JAVIX_SYSCALL_H
#define JAVIX_SYSCALL_H

#include "../../src/internal/syscall.h"

#undef __syscall_cp
#define __syscall_cp(...) __javix_cp(__syscall(__VA_ARGS__))
#define __javix_cp(call) __extension__ ({ \
	long __cancelled = __javix_cp_begin(); \
	__cancelled ? __cancelled : __javix_cp_end(call); })

/* Around each cancellation point; see pthread_cancel.c. */
hidden long __javix_cp_begin(void);
hidden long __javix_cp_end(long);

#undef __socketcall
#undef __socketcall_cp
#define __socketcall(call, a, b, c, d, e, f) __syscall(SYS_##call, a, b, c, d, e, f)
#define __socketcall_cp(call, a, b, c, d, e, f) __syscall_cp(SYS_##call, a, b, c, d, e, f)

#undef __sys_open_cp2
#undef __sys_open_cp3
#define __sys_open_cp2(unused, path, flags) __javix_cp(__sys_open2(unused, path, flags))
#define __sys_open_cp3(unused, path, flags, mode) __javix_cp(__sys_open3(unused, path, flags, mode))

#endif
