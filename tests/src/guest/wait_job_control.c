/* Reports of children that stop and go on: who takes them, who leaves them, what overwrites them, and what a shell sees. */
#include "check.h"

static const char *code_name(int code)
{
	const char *names[] = { "none", "exited", "killed", "dumped", "trapped", "stopped", "continued" };
	return code < 0 || code > 6 ? "?" : names[code];
}

static void look(const char *what, idtype_t type, id_t id, int options)
{
	siginfo_t info = { 0 };
	if (waitid(type, id, &info, options)) say("%s: %s\n", what, strerror(errno));
	else if (!info.si_pid) say("%s: nothing\n", what);
	else say("%s: %s %d\n", what, code_name(info.si_code), info.si_status);
}

static void wait_for(const char *what, pid_t pid, int options)
{
	int status;
	pid_t got = waitpid(pid, &status, options);
	say("%s: %s\n", what, got < 0 ? strerror(errno) : got == 0 ? "nothing" : status_text(status));
}

static pid_t start(void)
{
	pid_t child = fork();
	if (!child) for (;;) pause();
	return child;
}

static volatile int changes;
static siginfo_t last;

static void on_child(int sig, siginfo_t *info, void *context)
{
	last = *info;
	changes++;
}

static void await_told(int count)
{
	while (changes < count) sleep_ms(1);
	say("SIGCHLD: %s %d\n", code_name(last.si_code), last.si_status);
}

int main(void)
{
	pid_t child = start();
	/* A report that is left is there for whoever asks next, in whatever way. */
	kill(child, SIGSTOP);
	look("left", P_PID, child, WSTOPPED | WNOWAIT);
	look("left again", P_ALL, 0, WSTOPPED | WNOWAIT | WNOHANG);
	wait_for("without WUNTRACED", child, WNOHANG);
	wait_for("with it", child, WUNTRACED | WNOHANG);
	wait_for("taken", child, WUNTRACED | WNOHANG);
	kill(child, SIGSTOP);
	look("stopped once more", P_PID, child, WSTOPPED | WNOHANG);
	/* Going on takes back the report of the stop, and the other way round. */
	kill(child, SIGCONT);
	look("went on, left", P_PID, child, WCONTINUED | WNOWAIT);
	wait_for("went on, only WUNTRACED", child, WUNTRACED | WNOHANG);
	kill(child, SIGSTOP);
	look("stopped", P_PID, child, WSTOPPED | WNOWAIT);
	look("the old report", P_PID, child, WCONTINUED | WNOHANG);
	look("either", P_PID, child, WSTOPPED | WCONTINUED | WEXITED | WNOHANG);
	kill(child, SIGCONT);
	look("went on", P_PID, child, WCONTINUED);
	look("told once", P_PID, child, WCONTINUED | WNOHANG);
	kill(child, SIGCONT);
	look("was not stopped", P_PID, child, WCONTINUED | WNOHANG);
	/* The end of a stopped child, which SIGTERM alone is not. */
	kill(child, SIGSTOP);
	wait_for("stopped", child, WUNTRACED);
	kill(child, SIGTERM);
	look("stopped, with SIGTERM", P_PID, child, WEXITED | WNOHANG);
	kill(child, SIGCONT);
	look("ended", P_PID, child, WEXITED | WNOWAIT);
	look("neither continued nor stopped", P_PID, child, WSTOPPED | WCONTINUED | WNOHANG);
	wait_for("ended", child, 0);
	child = start();
	kill(child, SIGSTOP);
	look("stopped", P_PID, child, WSTOPPED | WNOWAIT);
	kill(child, SIGKILL);
	look("killed while stopped", P_PID, child, WEXITED | WNOWAIT);
	look("the stop is forgotten", P_PID, child, WSTOPPED | WNOHANG);
	wait_for("killed", child, WUNTRACED);

	/* SIGCHLD tells of each change, but with SA_NOCLDSTOP only of the end. */
	struct sigaction action = { .sa_sigaction = on_child, .sa_flags = SA_SIGINFO | SA_RESTART };
	sigaction(SIGCHLD, &action, 0);
	child = start();
	kill(child, SIGSTOP);
	await_told(1);
	kill(child, SIGCONT);
	await_told(2);
	action.sa_flags |= SA_NOCLDSTOP;
	sigaction(SIGCHLD, &action, 0);
	kill(child, SIGSTOP);
	wait_for("stopped", child, WUNTRACED);
	kill(child, SIGCONT);
	wait_for("went on", child, WCONTINUED);
	kill(child, SIGKILL);
	await_told(3);
	wait_for("killed", child, 0);
	say("told %d times\n", changes);

	/* Of a group, whoever is in it when it is asked for. */
	pid_t first = start(), second = start();
	setpgid(first, first);
	setpgid(second, first);
	kill(-first, SIGSTOP);
	look("one of the group", P_PGID, first, WSTOPPED);
	look("the other", P_PGID, first, WSTOPPED);
	look("no more", P_PGID, first, WSTOPPED | WNOHANG);
	kill(-first, SIGCONT);
	wait_for("one", -first, WCONTINUED);
	wait_for("the other", -first, WCONTINUED);
	setpgid(second, 0);
	kill(second, SIGSTOP);
	look("not in the group any more", P_PGID, first, WSTOPPED | WNOHANG);
	look("in its own", P_PGID, second, WSTOPPED);
	kill(first, SIGKILL);
	kill(second, SIGKILL);
	wait_for("first", first, 0);
	wait_for("second", second, 0);

	/* Ignored, ended children leave no report, and a wait is for the last of them; stopped ones leave one still. */
	signal(SIGCHLD, SIG_IGN);
	child = start();
	kill(child, SIGSTOP);
	wait_for("ignored, stopped", child, WUNTRACED);
	kill(child, SIGKILL);
	wait_for("ignored, killed", child, 0);
	wait_for("no child", -1, WNOHANG);
	action = (struct sigaction) { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT };
	sigaction(SIGCHLD, &action, 0);
	child = start();
	kill(child, SIGKILL);
	wait_for("SA_NOCLDWAIT", child, 0);
	return 0;
}
