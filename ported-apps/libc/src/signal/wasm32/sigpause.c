#include <signal.h>

/* What is no signal is told, instead of waiting for others. */
int sigpause(int signal)
{
	sigset_t mask;
	sigprocmask(SIG_BLOCK, 0, &mask);
	if (sigdelset(&mask, signal)) return -1;
	return sigsuspend(&mask);
}
