/* RLIMIT_CPU: SIGXCPU at the soft limit, which can be caught, and SIGKILL at the hard one. */
#include "check.h"

static volatile int caught;
static void on_xcpu(int sig, siginfo_t *info, void *context) { caught = info->si_code == SI_KERNEL ? 2 : 1; }

int main(void)
{
	pid_t child = fork();
	if (!child) {
		struct rlimit limit = { 1, 3 };
		setrlimit(RLIMIT_CPU, &limit);
		for (volatile long n = 0;; n++);
	}
	reap("soft", child);
	child = fork();
	if (!child) {
		struct rlimit limit = { 1, 2 };
		struct sigaction action = { .sa_sigaction = on_xcpu, .sa_flags = SA_SIGINFO };
		sigaction(SIGXCPU, &action, 0);
		setrlimit(RLIMIT_CPU, &limit);
		while (!caught);
		say("caught %d\n", caught);
		for (volatile long n = 0;; n++);
	}
	reap("hard", child);
	return 0;
}
