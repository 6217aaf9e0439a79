#include <signal.h>
#include <errno.h>
#include <string.h>
#include "syscall.h"
#include "pthread_impl.h"
#include "ksigaction.h"
#include "cancel.h"

volatile int __eintr_valid_flag;

_Thread_local volatile int __javix_in_cp;

static void nothing(void)
{
}
weak_alias(nothing, __javix_cp_interrupt);

/* The host fills in the context when the handler starts, and takes the mask from it when the handler has
 * returned: to where CONTEXT was, on a stack that nothing has used since. */
static void deliver(void (*handler)(int), int signal, int flags)
{
	int in_cp = __javix_in_cp;
	__javix_in_cp = 0;
	if (flags & SA_SIGINFO) {
		siginfo_t info;
		ucontext_t context = { 0 };
		__syscall(SYS_siginfo, &info, &context);
		((void (*)(int, siginfo_t *, void *))handler)(signal, &info, &context);
	} else {
		handler(signal);
	}
	__javix_in_cp = in_cp;
	if (in_cp) __javix_cp_interrupt();
}

/* The host calls this at a safepoint or in an interrupted call, on the stack of whatever ran then. A leaf
 * function may use 128 bytes below the stack pointer without moving it, so they are left alone. */
__attribute__((__export_name__("__javix_signal")))
void __javix_signal(void (*handler)(int), int signal, int flags)
{
	volatile char *red_zone = __builtin_alloca(128);
	__asm__ __volatile__ ("" : : "r"(red_zone) : "memory");
	deliver(handler, signal, flags);
}

int __libc_sigaction(int sig, const struct sigaction *restrict sa, struct sigaction *restrict old)
{
	struct k_sigaction new_action, old_action;
	if (sa) {
		if (!(sa->sa_flags & SA_RESTART)) __eintr_valid_flag = 1;
		new_action.handler = sa->sa_handler;
		new_action.flags = sa->sa_flags;
		new_action.restorer = 0;
		memcpy(&new_action.mask, &sa->sa_mask, _NSIG/8);
	}
	int r = __syscall(SYS_rt_sigaction, sig, sa ? &new_action : 0, old ? &old_action : 0, _NSIG/8);
	if (old && !r) {
		old->sa_handler = old_action.handler;
		old->sa_flags = old_action.flags;
		memcpy(&old->sa_mask, &old_action.mask, _NSIG/8);
	}
	return __syscall_ret(r);
}

int __sigaction(int sig, const struct sigaction *restrict sa, struct sigaction *restrict old)
{
	/* 32 to 34 belong to the C library on Linux and are refused there too. */
	if (sig-32U < 3 || sig-1U >= _NSIG-1) {
		errno = EINVAL;
		return -1;
	}
	return __libc_sigaction(sig, sa, old);
}

weak_alias(__sigaction, sigaction);
