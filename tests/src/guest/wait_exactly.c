/* fork, exit and every form of wait: exact statuses, WNOHANG, no children, groups, orphans. */
#include "check.h"

static pid_t child(int code)
{
	pid_t pid = fork();
	if (!pid) _exit(code);
	return pid;
}

static pid_t dying(int sig)
{
	pid_t pid = fork();
	if (!pid) {
		raise(sig);
		_exit(1);
	}
	return pid;
}

int main(void)
{
	struct rlimit no_core = { 0, 0 };
	setrlimit(RLIMIT_CORE, &no_core);
	reap("exit 0", child(0));
	reap("exit 7", child(7));
	reap("exit 256+3", child(256 + 3));
	reap("SIGTERM", dying(SIGTERM));
	reap("SIGKILL", dying(SIGKILL));
	int status = reap("SIGABRT", dying(SIGABRT));
	say("signal bits %x\n", status & 0x7f);

	int pipe_ends[2];
	if (pipe(pipe_ends)) return 1;
	pid_t pid = fork();
	if (!pid) {
		char byte;
		close(pipe_ends[1]);
		_exit(read(pipe_ends[0], &byte, 1) == 0 ? 5 : 6);
	}
	close(pipe_ends[0]);
	say("WNOHANG while it runs: %d\n", waitpid(pid, &status, WNOHANG));
	close(pipe_ends[1]);
	reap("after end of file", pid);

	say("no children: %d", wait(&status));
	say(" %s\n", strerror(errno));
	say("not a child: %d", waitpid(getppid(), &status, 0));
	say(" %s\n", strerror(errno));
	say("bad options: %d", waitpid(-1, &status, 0x1000000));
	say(" %s\n", strerror(errno));

	/* A child in a group of its own is found by its group only. */
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		_exit(9);
	}
	setpgid(pid, pid);
	say("other group: %d", waitpid(0, &status, 0));
	say(" %s\n", strerror(errno));
	say("its group: %d\n", waitpid(-pid, &status, 0) == pid);
	say("status: %s\n", status_text(status));

	/* A grandchild outlives its parent and gets a new one, which reaps it. */
	int tell[2];
	if (pipe(tell)) return 1;
	pid = fork();
	if (!pid) {
		pid_t parent = getpid();
		if (!fork()) {
			while (getppid() == parent) sleep_ms(1);
			if (write(tell[1], "adopted", 7) != 7) _exit(1);
		}
		_exit(0);
	}
	close(tell[1]);
	reap("parent of the orphan", pid);
	char text[16] = "";
	say("orphan: %d %s\n", (int)read(tell[0], text, sizeof text), text);
	say("it is no child of ours: %d", wait(0));
	say(" %s\n", strerror(errno));

	/* Stop and continue. */
	pid = fork();
	if (!pid) for (;;) pause();
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	say("%s\n", status_text(status));
	kill(pid, SIGCONT);
	waitpid(pid, &status, WCONTINUED);
	say("%s\n", status_text(status));
	kill(pid, SIGINT);
	reap("at last", pid);

	siginfo_t info;
	pid = child(11);
	memset(&info, 0, sizeof info);
	say("waitid WNOWAIT: %d", waitid(P_PID, pid, &info, WEXITED | WNOWAIT));
	say(" code %d status %d pid %d signal %d\n", info.si_code, info.si_status, info.si_pid == pid, info.si_signo);
	reap("still there", pid);
	return 0;
}
