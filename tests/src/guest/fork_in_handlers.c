/* fork in a signal handler: one that interrupted a blocked read, a sleep, and a computation. */
#include "check.h"
#include <sys/time.h>

static volatile pid_t forked;
static int told_of[2];

static void fork_here(int sig)
{
	(void)sig;
	forked = fork();
	if (forked) write(told_of[1], "f", 1);
}

static void alarm_in(int milliseconds)
{
	struct itimerval timer = { .it_value = { 0, milliseconds * 1000 } };
	setitimer(ITIMER_REAL, &timer, 0);
}

int main(void)
{
	int ends[2];
	char byte;
	if (pipe(ends) || pipe(told_of)) return 1;

	forked = -1;
	on_signal(SIGALRM, fork_here, 0);
	pid_t sender = signal_in_sleep(SIGALRM);
	int got = read(ends[0], &byte, 1);
	int error = errno;
	if (!forked) {
		say("child: read %d %s\n", got, strerror(error));
		_exit(1);
	}
	reap("child from the read", forked);
	read(told_of[0], &byte, 1);
	waitpid(sender, 0, 0);
	say("parent: read %d %s\n", got, strerror(error));

	/* Both go on with the restarted read; there is one byte for each. */
	forked = -1;
	on_signal(SIGALRM, fork_here, SA_RESTART);
	pid_t writer = fork();
	if (!writer) {
		read(told_of[0], &byte, 1);
		_exit(write(ends[1], "ab", 2) != 2);
	}
	sender = signal_in_sleep(SIGALRM);
	got = read(ends[0], &byte, 1);
	if (!forked) _exit(got == 1 ? 2 : 3);
	reap("child from the restarted read", forked);
	say("parent: read %d\n", got);
	reap("writer", writer);
	waitpid(sender, 0, 0);

	forked = -1;
	alarm_in(50);
	unsigned turns = 0;
	while (forked == -1) turns++;
	if (!forked) _exit(turns > 0 ? 4 : 5);
	reap("child from the loop", forked);

	forked = -1;
	on_signal(SIGUSR1, fork_here, 0);
	raise(SIGUSR1);
	if (!forked) _exit(6);
	reap("child from raise", forked);
	return 0;
}
