/* fork in a signal handler: one that interrupted a blocked read, a sleep, and a computation. */
#include "check.h"
#include <sys/time.h>

static volatile pid_t forked;

static void fork_here(int sig)
{
	(void)sig;
	forked = fork();
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
	if (pipe(ends)) return 1;

	forked = -1;
	on_signal(SIGALRM, fork_here, 0);
	alarm_in(50);
	int got = read(ends[0], &byte, 1);
	int error = errno;
	if (!forked) {
		say("child: read %d %s\n", got, strerror(error));
		_exit(1);
	}
	reap("child from the read", forked);
	say("parent: read %d %s\n", got, strerror(error));

	/* Both go on with the restarted read; there is one byte for each. */
	forked = -1;
	on_signal(SIGALRM, fork_here, SA_RESTART);
	pid_t writer = fork();
	if (!writer) {
		sleep_ms(200);
		_exit(write(ends[1], "ab", 2) != 2);
	}
	alarm_in(50);
	got = read(ends[0], &byte, 1);
	if (!forked) _exit(got == 1 ? 2 : 3);
	reap("child from the restarted read", forked);
	say("parent: read %d\n", got);
	reap("writer", writer);

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
