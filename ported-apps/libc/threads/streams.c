#include "stdio_impl.h"
#include "pthread_impl.h"

static FILE *volatile none;
weak_alias(none, __stdin_used);
weak_alias(none, __stdout_used);
weak_alias(none, __stderr_used);

/* A thread that held a stream is not in the child, unless it is the one that forked: that has a new number. */
static void take(FILE *f, int old_tid)
{
	if (!f || f->lock <= 0) return;
	if ((f->lock & ~MAYBE_WAITERS) == old_tid) {
		f->lock = __pthread_self()->tid;
	} else {
		f->lock = 0;
		f->lockcount = 0;
	}
}

/* Called in the child of a program with threads, by its only one. */
void __javix_take_streams(int old_tid)
{
	take(__stdin_used, old_tid);
	take(__stdout_used, old_tid);
	take(__stderr_used, old_tid);
	for (FILE *f = *__ofl_lock(); f; f = f->next) take(f, old_tid);
	__ofl_unlock();
}
