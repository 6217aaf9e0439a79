/* Real-time signals queue with their values, lowest number first and in order of arrival; siginfo_t says where each
 * comes from. */
#include "check.h"
#include <sys/time.h>

static pid_t self;
static volatile int tidings;

static void handler(int sig, siginfo_t *info, void *context)
{
	say("rt+%d code %d value %d from %s\n", sig - SIGRTMIN, info->si_code, info->si_value.sival_int,
		info->si_pid == self ? "self" : "other");
}

static void plain(int sig, siginfo_t *info, void *context)
{
	say("signal %d code %d pid %s uid %d\n", sig, info->si_code, info->si_pid == self ? "self" : info->si_pid ? "other" : "0",
		info->si_uid == getuid());
}

static void child_told(int sig, siginfo_t *info, void *context)
{
	const char *codes[] = { "", "exited", "killed", "dumped", "trapped", "stopped", "continued" };
	tidings++;
	say("child %s, status %d, own uid %d\n", codes[info->si_code], info->si_status, info->si_uid == getuid());
}

static void set(int sig, void (*action)(int, siginfo_t *, void *), int flags)
{
	struct sigaction sa = { .sa_sigaction = action, .sa_flags = SA_SIGINFO | flags };
	sigemptyset(&sa.sa_mask);
	/* All real-time signals wait until the handler has returned. */
	for (int i = SIGRTMIN; i <= SIGRTMAX; i++) sigaddset(&sa.sa_mask, i);
	sigaction(sig, &sa, 0);
}

static void queue(int sig, int value)
{
	union sigval v = { .sival_int = value };
	if (sigqueue(self, sig, v)) say("sigqueue: %s\n", strerror(errno));
}

int main(void)
{
	self = getpid();
	sigset_t block, old, waits;
	sigfillset(&block);
	for (int i = 0; i < 4; i++) set(SIGRTMIN + i, handler, 0);
	set(SIGUSR1, plain, 0);
	set(SIGUSR2, plain, 0);
	set(SIGPIPE, plain, 0);
	set(SIGALRM, plain, 0);
	sigprocmask(SIG_BLOCK, &block, &old);
	queue(SIGRTMIN + 2, 1);
	queue(SIGRTMIN, 2);
	queue(SIGRTMIN + 2, 3);
	queue(SIGRTMIN + 1, 4);
	queue(SIGRTMIN, 5);
	kill(self, SIGRTMIN + 3);
	kill(self, SIGRTMIN + 3);
	kill(self, SIGUSR1);
	kill(self, SIGUSR1);
	queue(SIGUSR2, 7);
	queue(SIGUSR2, 8);
	sigpending(&waits);
	say("pending: %d %d %d\n", sigismember(&waits, SIGRTMIN), sigismember(&waits, SIGUSR1), sigismember(&waits, SIGHUP));
	sigprocmask(SIG_SETMASK, &old, 0);

	raise(SIGUSR1);
	int pipes[2];
	pipe(pipes);
	close(pipes[0]);
	write(pipes[1], "x", 1);
	/* It comes before the pause at the earliest: it is blocked until then. */
	sigset_t alarms, before;
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarms, &before);
	struct itimerval soon = { .it_value = { 0, 1000 } };
	setitimer(ITIMER_REAL, &soon, 0);
	sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, 0);

	/* sigwaitinfo takes them in the same order. */
	sigemptyset(&waits);
	for (int i = 0; i < 4; i++) sigaddset(&waits, SIGRTMIN + i);
	sigaddset(&waits, SIGUSR1);
	sigprocmask(SIG_BLOCK, &waits, 0);
	queue(SIGRTMIN + 1, 10);
	queue(SIGRTMIN, 11);
	queue(SIGRTMIN + 1, 12);
	kill(self, SIGUSR1);
	for (int i = 0; i < 4; i++) {
		siginfo_t info;
		int sig = sigwaitinfo(&waits, &info);
		say("waited: %d code %d value %d\n", sig == SIGUSR1 ? 0 : sig - SIGRTMIN + 1, info.si_code, sig == SIGUSR1 ? 0 : info.si_value.sival_int);
	}
	struct timespec none = { 0, 0 }, bad = { 0, 2000000000 };
	int r = sigtimedwait(&waits, 0, &none);
	say("nothing: %d %s\n", r, strerror(errno));
	r = sigtimedwait(&waits, 0, &bad);
	say("bad time: %d %s\n", r, strerror(errno));

	/* The limit. */
	struct rlimit limit = { 5, 5 };
	pid_t child = fork();
	if (!child) {
		setrlimit(RLIMIT_SIGPENDING, &limit);
		self = getpid();
		int sent = 0;
		union sigval v = { 0 };
		while (sent < 1000 && !sigqueue(self, SIGRTMIN, v)) sent++;
		say("limit: %s %s\n", sent < 1000 ? "reached" : "none", strerror(errno));
		_exit(0);
	}
	reap("limited", child);
	r = sigqueue(self, 1000, (union sigval){ 0 });
	say("no signal: %d %s\n", r, strerror(errno));
	r = sigqueue(self, 0, (union sigval){ 0 });
	say("null signal: %d\n", r);

	set(SIGCHLD, child_told, 0);
	child = fork();
	if (!child) _exit(42);
	while (waitpid(child, 0, 0) < 0);
	child = fork();
	if (!child) { for (;;) pause(); }
	kill(child, SIGSTOP);
	while (waitpid(child, 0, WUNTRACED) < 0);
	int heard = tidings;
	kill(child, SIGCONT);
	while (tidings == heard) sleep_ms(1);
	while (waitpid(child, 0, WCONTINUED) < 0);
	kill(child, SIGTERM);
	while (waitpid(child, 0, 0) < 0);
	set(SIGCHLD, child_told, SA_NOCLDSTOP);
	child = fork();
	if (!child) { for (;;) pause(); }
	kill(child, SIGSTOP);
	while (waitpid(child, 0, WUNTRACED) < 0);
	kill(child, SIGKILL);
	while (waitpid(child, 0, 0) < 0);
	set(SIGCHLD, child_told, SA_NOCLDWAIT);
	child = fork();
	if (!child) _exit(1);
	r = waitpid(child, 0, 0);
	say("no zombies: %d %s\n", r, strerror(errno));
	return 0;
}
