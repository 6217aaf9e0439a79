/* prctl: death signals, subreapers, no new privileges; priorities of other processes. */
#include "check.h"
#include <sys/prctl.h>

static void show(const char *what, int r)
{
	say("%s: %d %s\n", what, r, r < 0 ? strerror(errno) : "");
}

static volatile int heard;
static void on_parent_death(int sig) { heard = sig; }

int main(void)
{
	int value = -1, pipes[2];
	show("death signal", prctl(PR_GET_PDEATHSIG, &value));
	say("%d\n", value);
	show("bad signal", prctl(PR_SET_PDEATHSIG, 1000));
	int reaped[2];
	pipe(pipes);
	pipe(reaped);
	pid_t middle = fork();
	if (!middle) {
		pid_t inner = fork();
		if (!inner) {
			on_signal(SIGUSR1, on_parent_death, 0);
			prctl(PR_SET_PDEATHSIG, SIGUSR1);
			pid_t inherits = fork();
			if (!inherits) {
				prctl(PR_GET_PDEATHSIG, &value);
				say("in a child: %d\n", value);
				_exit(0);
			}
			waitpid(inherits, 0, 0);
			write(pipes[1], "r", 1);
			while (!heard) sleep_ms(5);
			read(reaped[0], &value, 1);
			say("told of the parent's death: %d\n", heard == SIGUSR1);
			write(pipes[1], "d", 1);
			_exit(0);
		}
		char c;
		read(pipes[0], &c, 1);
		_exit(0);
	}
	reap("middle", middle);
	write(reaped[1], "r", 1);
	char c;
	read(pipes[0], &c, 1);

	/* A subreaper gets the orphans of its descendants. */
	show("subreaper", prctl(PR_SET_CHILD_SUBREAPER, 1));
	prctl(PR_GET_CHILD_SUBREAPER, &value);
	say("%d\n", value);
	pid_t self = getpid();
	pid_t child = fork();
	if (!child) {
		pid_t grandchild = fork();
		if (!grandchild) {
			while (getppid() != self) sleep_ms(5);
			_exit(17);
		}
		pid_t zombie = fork();
		if (!zombie) _exit(18);
		siginfo_t info;
		waitid(P_PID, zombie, &info, WEXITED | WNOWAIT);
		_exit(0);
	}
	int statuses[3] = { 0 }, n = 0, status;
	while (n < 3 && wait(&status) > 0) statuses[n++] = WEXITSTATUS(status);
	say("collected %d, sum %d\n", n, statuses[0] + statuses[1] + statuses[2]);
	prctl(PR_SET_CHILD_SUBREAPER, 0);

	show("privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	show("not 0", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
	show("give up", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	show("privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	child = fork();
	if (!child) {
		show("in a child", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
		_exit(0);
	}
	reap("child", child);
	show("unknown", prctl(9999, 0, 0, 0, 0));
	char name[16] = "";
	prctl(PR_SET_NAME, "a name that is longer");
	prctl(PR_GET_NAME, name);
	say("%s\n", name);

	/* Priorities. */
	errno = 0;
	say("%d\n", getpriority(PRIO_PROCESS, 0));
	child = fork();
	if (!child) for (;;) pause();
	setpgid(child, child);
	show("raise a child's", setpriority(PRIO_PROCESS, child, 5));
	say("%d %d\n", getpriority(PRIO_PROCESS, child), getpriority(PRIO_PROCESS, 0));
	show("of its group", setpriority(PRIO_PGRP, child, 7));
	say("%d\n", getpriority(PRIO_PGRP, child));
	show("too much", setpriority(PRIO_PROCESS, child, 100));
	say("%d\n", getpriority(PRIO_PROCESS, child));
	show("none", setpriority(PRIO_PROCESS, 999999, 1));
	errno = 0;
	show("none", getpriority(PRIO_PGRP, 999999));
	show("bad kind", setpriority(9, 0, 1));
	kill(child, SIGKILL);
	reap("child", child);
	if (!geteuid()) {
		child = fork();
		if (!child) {
			setuid(12345);
			show("nice", nice(3));
			show("back", nice(-1));
			show("back", setpriority(PRIO_PROCESS, 0, 0));
			show("another's", setpriority(PRIO_PROCESS, getppid(), 10));
			_exit(0);
		}
		reap("user", child);
	} else say("nice: 3 \nback: -1 Operation not permitted\nback: -1 Permission denied\nanother's: -1 Operation not permitted\nuser: exit 0\n");
	return 0;
}
