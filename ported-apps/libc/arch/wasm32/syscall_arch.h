/* System calls are typed Wasm imports, named by API module and call. The functions below look like a
 * machine's syscall instruction to the rest of the C library: with a constant number each folds to a
 * call of one import, so that a program imports only what it uses. A call that the table does not have
 * folds to -ENOSYS. */

#include "javix_calls.h"

#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

/* 64 bits, because an offset travels as one argument. */
#define __scc(X) ((long long)(X))
typedef long long syscall_arg_t;

/* For numbers that are not known at compile time; an object of its own, since it imports every call. */
hidden long __javix_call_by_number(long, long long, long long, long long, long long, long long, long long);

#define __JAVIX_INLINE static inline __attribute__((__always_inline__))

__JAVIX_INLINE long __syscall6(long n, long long a, long long b, long long c, long long d, long long e, long long f)
{
	return __builtin_constant_p(n)
		? __javix_call(n, a, b, c, d, e, f)
		: __javix_call_by_number(n, a, b, c, d, e, f);
}

__JAVIX_INLINE long __syscall0(long n)
{
	return __syscall6(n, 0, 0, 0, 0, 0, 0);
}

__JAVIX_INLINE long __syscall1(long n, long long a)
{
	return __syscall6(n, a, 0, 0, 0, 0, 0);
}

__JAVIX_INLINE long __syscall2(long n, long long a, long long b)
{
	return __syscall6(n, a, b, 0, 0, 0, 0);
}

__JAVIX_INLINE long __syscall3(long n, long long a, long long b, long long c)
{
	return __syscall6(n, a, b, c, 0, 0, 0);
}

__JAVIX_INLINE long __syscall4(long n, long long a, long long b, long long c, long long d)
{
	return __syscall6(n, a, b, c, d, 0, 0);
}

__JAVIX_INLINE long __syscall5(long n, long long a, long long b, long long c, long long d, long long e)
{
	return __syscall6(n, a, b, c, d, e, 0);
}

/* Calls of our own; Linux has no numbers for them. */
#define SYS_fork 1000
#define SYS_vfork 1001
#define SYS_spawn 1002
#define SYS_exec_image_size 1003
#define SYS_exec_image 1004
#define SYS_siginfo 1005
/* What mmap, munmap, mremap and mprotect are, for memory of the C library's own. */
#define SYS_heap_map 1020
#define SYS_heap_unmap 1021
#define SYS_heap_remap 1022
#define SYS_heap_protect 1023

/* time_t has 64 bits in every call, so both families of names mean the same calls. */
#define SYS_clock_adjtime64 SYS_clock_adjtime
#define SYS_clock_getres_time64 SYS_clock_getres
#define SYS_clock_gettime64 SYS_clock_gettime
#define SYS_clock_nanosleep_time64 SYS_clock_nanosleep
#define SYS_clock_settime64 SYS_clock_settime
#define SYS_futex_time64 SYS_futex
#define SYS_mq_timedreceive_time64 SYS_mq_timedreceive
#define SYS_mq_timedsend_time64 SYS_mq_timedsend
#define SYS_ppoll_time64 SYS_ppoll
#define SYS_pselect6_time64 SYS_pselect6
#define SYS_recvmmsg_time64 SYS_recvmmsg
#define SYS_rt_sigtimedwait_time64 SYS_rt_sigtimedwait
#define SYS_sched_rr_get_interval_time64 SYS_sched_rr_get_interval
#define SYS_semtimedop_time64 SYS_semtimedop
#define SYS_timer_gettime64 SYS_timer_gettime
#define SYS_timer_settime64 SYS_timer_settime
#define SYS_timerfd_gettime64 SYS_timerfd_gettime
#define SYS_timerfd_settime64 SYS_timerfd_settime
#define SYS_utimensat_time64 SYS_utimensat

#define IPC_64 0
