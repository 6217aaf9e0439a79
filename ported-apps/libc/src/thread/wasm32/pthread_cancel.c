/* Cancellation.
 *
 * A call that is a cancellation point runs between __javix_cp_begin and __javix_cp_end. The first looks whether the
 * thread is cancelled; nothing can run between that and the call, since handlers run at safepoints and in calls. If
 * the cancellation comes while the call waits, its signal interrupts the call, which has had no effect then and fails
 * with EINTR; the second looks again. A call that has had an effect returns it, and the thread is cancelled at its
 * next cancellation point.
 *
 * The signal's handler itself does nothing but end threads that can be cancelled anywhere. Whether the interrupted
 * call is to fail is decided when the handler returns (see sigaction.c), and anew when any handler returns that the
 * signal came into the midst of: otherwise a call that waits below it would be made again and wait for ever. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <ucontext.h>
#include "pthread_impl.h"
#include "syscall.h"
#include "cancel.h"

static long cancel(pthread_t self)
{
	if (self->canceldisable == PTHREAD_CANCEL_ENABLE) pthread_exit(PTHREAD_CANCELED);
	/* The state in which calls fail instead. */
	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	return -ECANCELED;
}

static int is_cancelled(pthread_t self)
{
	return self->cancel && self->canceldisable != PTHREAD_CANCEL_DISABLE;
}

long __javix_cp_begin(void)
{
	pthread_t self = __pthread_self();
	if (is_cancelled(self)) return cancel(self);
	__javix_in_cp = 1;
	return 0;
}

long __javix_cp_end(long result)
{
	pthread_t self = __pthread_self();
	__javix_in_cp = 0;
	return result == -EINTR && is_cancelled(self) ? cancel(self) : result;
}

void __javix_cp_interrupt(void)
{
	if (is_cancelled(__pthread_self())) __syscall(SYS_fail_call);
}

void __testcancel(void)
{
	pthread_t self = __pthread_self();
	if (self->cancel && self->canceldisable == PTHREAD_CANCEL_ENABLE) cancel(self);
}

static void handle(int sig, siginfo_t *info, void *context)
{
	pthread_t self = __pthread_self();
	if (self->cancel && self->canceldisable == PTHREAD_CANCEL_ENABLE && self->cancelasync) {
		ucontext_t *interrupted = context;
		pthread_sigmask(SIG_SETMASK, &interrupted->uc_sigmask, 0);
		pthread_exit(PTHREAD_CANCELED);
	}
}

static void prepare(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO | SA_RESTART, .sa_sigaction = handle };
	memset(&action.sa_mask, -1, _NSIG / 8);
	__libc_sigaction(SIGCANCEL, &action, 0);
}

int pthread_cancel(pthread_t thread)
{
	static volatile int prepared;
	if (!prepared) {
		prepare();
		prepared = 1;
	}
	int again = a_swap(&thread->cancel, 1);
	if (thread != __pthread_self()) {
		/* Calls that fail when any signal came, such as poll, are not to fail in a thread that goes on. When it can be
		 * cancelled once more, it looks for itself. */
		if (thread->canceldisable == PTHREAD_CANCEL_DISABLE) return 0;
		int error = pthread_kill(thread, SIGCANCEL);
		/* As many as can wait for it are on their way. */
		return again && error == EAGAIN ? 0 : error;
	}
	if (thread->canceldisable == PTHREAD_CANCEL_ENABLE && thread->cancelasync) pthread_exit(PTHREAD_CANCELED);
	return 0;
}
