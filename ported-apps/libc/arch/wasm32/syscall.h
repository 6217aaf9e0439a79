/* Found before the C library's own "syscall.h" by most of its sources: a call that could be cancelled is
 * a plain call here, since there are no threads to cancel it, and must not go through a function that
 * takes the number as an argument. */
#ifndef JAVIX_SYSCALL_H
#define JAVIX_SYSCALL_H

#include "../../src/internal/syscall.h"

#undef __syscall_cp
#define __syscall_cp __syscall

#undef __socketcall
#undef __socketcall_cp
#define __socketcall(call, a, b, c, d, e, f) __syscall(SYS_##call, a, b, c, d, e, f)
#define __socketcall_cp(call, a, b, c, d, e, f) __syscall(SYS_##call, a, b, c, d, e, f)

#undef __sys_open_cp2
#undef __sys_open_cp3
#define __sys_open_cp2 __sys_open2
#define __sys_open_cp3 __sys_open3

#endif
