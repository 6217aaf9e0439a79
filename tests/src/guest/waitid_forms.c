/* waitid: what it tells of children that end, stop and go on, by pid, group and all, and leaving the report. */
#include "check.h"

static void form(const char *what, idtype_t type, id_t id, int options)
{
	siginfo_t info;
	memset(&info, 0x55, sizeof info);
	int r = waitid(type, id, &info, options);
	if (r) say("%s: %s\n", what, strerror(errno));
	else say("%s: signo %d code %d status %d, a child %d, own %d\n", what, info.si_signo, info.si_code,
		info.si_pid ? info.si_status : 0, info.si_pid > 0, info.si_pid && info.si_uid == getuid());
}

static pid_t start(void)
{
	pid_t child = fork();
	if (!child) for (;;) pause();
	return child;
}

int main(void)
{
	form("no child", P_ALL, 0, WEXITED);
	form("no options", P_ALL, 0, 0);
	form("only WNOHANG", P_ALL, 0, WNOHANG);
	form("bad options", P_ALL, 0, WEXITED | 0x4000);
	form("bad type", 99, 0, WEXITED);
	form("pid 0", P_PID, 0, WEXITED);

	pid_t child = start();
	form("nothing yet", P_ALL, 0, WEXITED | WNOHANG);
	form("nothing yet by pid", P_PID, child, WEXITED | WSTOPPED | WCONTINUED | WNOHANG);
	form("another's", P_PID, getpid(), WEXITED);
	kill(child, SIGSTOP);
	form("stopped, left", P_PID, child, WSTOPPED | WNOWAIT);
	form("not exited", P_PID, child, WEXITED | WNOHANG);
	form("stopped", P_PID, child, WSTOPPED);
	form("told before", P_PID, child, WSTOPPED | WNOHANG);
	kill(child, SIGCONT);
	form("continued, left", P_PID, child, WCONTINUED | WNOWAIT);
	form("continued", P_PID, child, WCONTINUED);
	kill(child, SIGTERM);
	form("ended, left", P_PID, child, WEXITED | WNOWAIT);
	form("ended, left", P_ALL, 0, WEXITED | WNOWAIT | WNOHANG);
	form("not stopped", P_PID, child, WSTOPPED | WNOHANG);
	form("ended", P_PID, child, WEXITED);
	form("gone", P_PID, child, WEXITED);

	/* Groups. */
	pid_t first = start(), second = start();
	setpgid(first, first);
	setpgid(second, first);
	form("group", P_PGID, first, WEXITED | WNOHANG);
	form("no such group", P_PGID, 999999, WEXITED);
	form("own group", P_PGID, getpgrp(), WEXITED | WNOHANG);
	int none = waitpid(0, 0, WNOHANG);
	say("waitpid of the own group: %d %s\n", none, none < 0 ? strerror(errno) : "");
	kill(-first, SIGKILL);
	form("killed", P_PGID, first, WEXITED);
	form("killed", P_PGID, first, WEXITED);
	form("empty group", P_PGID, first, WEXITED);

	/* A program that dies of itself. */
	child = fork();
	if (!child) abort();
	form("aborted", P_PID, child, WEXITED | WNOWAIT);
	int status;
	waitpid(child, &status, 0);
	say("%s\n", status_text(status));
	child = fork();
	if (!child) _exit(300);
	form("exited", P_PID, child, WEXITED);
	int r = waitpid(-999999, 0, 0);
	say("waitpid of no group: %d %s\n", r, strerror(errno));
	r = waitpid(-1, 0, 0x100);
	say("waitpid, bad options: %d %s\n", r, strerror(errno));
	r = wait4(-1, 0, 0x40000000 | WNOHANG, 0);
	say("__WALL: %d %s\n", r, strerror(errno));
	return 0;
}
