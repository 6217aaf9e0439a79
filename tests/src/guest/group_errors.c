/* setpgid on children: before and after they run another program, into groups of this and of another session, and what
 * happens to leaders. */
#include "check.h"

static int ready[2], gate[2];

static void try(const char *what, pid_t pid, pid_t group)
{
	say("%s: %s\n", what, setpgid(pid, group) ? strerror(errno) : "ok");
}

/* A child that waits, or becomes a program that does. */
static pid_t start(int runs, int leads)
{
	char c;
	pid_t child = fork();
	if (!child) {
		close(gate[1]);
		if (leads) setsid();
		if (runs) {
			dup2(gate[0], 0);
			dup2(ready[1], 1);
			execlp("sh", "sh", "-c", "printf x; read x", (char *)0);
			_exit(9);
		}
		write(ready[1], "x", 1);
		read(gate[0], &c, 1);
		_exit(0);
	}
	read(ready[0], &c, 1);
	return child;
}

/* In a process that leads nothing. */
static void tries(void)
{
	pipe(ready);
	pipe(gate);
	pid_t plain = start(0, 0), other = start(0, 0), program = start(1, 0), leader = start(0, 1);
	try("a child", plain, plain);
	try("a child once more", plain, plain);
	try("another child joins", other, plain);
	try("and comes back", other, getpgrp());
	try("a group of its own by 0", other, 0);
	try("a group that nobody has", other, 999999);
	try("a negative group", other, -2);
	try("one that runs a program", program, program);
	try("one that runs a program, into its own group", program, getpgrp());
	try("a leader of a session", leader, plain);
	try("a leader of a session to its own", leader, leader);
	try("into another session", other, leader);
	try("not a child", getppid(), 0);
	try("oneself", 0, 0);
	try("into a child's group", 0, plain);
	say("there %d\n", getpgrp() == plain);
	/* A group lives as long as somebody is in it. */
	kill(plain, SIGKILL);
	reap("its leader", plain);
	try("a group without its leader", other, plain);
	say("still there %d\n", getpgid(other) == plain && getpgrp() == plain);
	try("out of it", 0, 0);
	try("oneself, by pid", getpid(), getpid());
	try("the last one out", other, other);
	try("a group that is gone", other, plain);
	say("setsid of a leader: %s\n", setsid() < 0 ? strerror(errno) : "ok");
	/* A zombie is a child still. */
	kill(other, SIGKILL);
	siginfo_t info;
	waitid(P_PID, other, &info, WEXITED | WNOWAIT);
	try("a zombie", other, getpgrp());
	say("the zombie's group %d, session %d\n", getpgid(other) == getpgrp(), getsid(other) == getsid(0));
	reap("zombie", other);
	try("gone", other, 0);
	close(gate[1]);
	reap("leader", leader);
	reap("program", program);
}

int main(void)
{
	pid_t child = fork();
	if (!child) {
		tries();
		_exit(0);
	}
	reap("tries", child);
	return 0;
}
