/* How long arguments and environments may be, and what exec keeps of limits, signals, masks and ids. */
#include "check.h"

extern char **environ;

static void try(const char *what, char **words, char **variables)
{
	pid_t child = fork();
	if (!child) {
		execve("/bin/true", words, variables);
		say("%s: %s\n", what, strerror(errno));
		_exit(1);
	}
	int status;
	waitpid(child, &status, 0);
	if (!status) say("%s: ok\n", what);
}

static char *filled(size_t length)
{
	char *text = malloc(length + 1);
	memset(text, 'x', length);
	text[length] = 0;
	return text;
}

static char **many(int count, char *each)
{
	char **words = malloc((count + 1) * sizeof *words);
	for (int i = 0; i < count; i++) words[i] = each;
	words[count] = 0;
	return words;
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		sigset_t mask, pending;
		struct sigaction usr1, usr2;
		struct rlimit limit;
		sigprocmask(SIG_BLOCK, 0, &mask);
		sigpending(&pending);
		sigaction(SIGUSR1, 0, &usr1);
		sigaction(SIGUSR2, 0, &usr2);
		getrlimit(RLIMIT_NOFILE, &limit);
		say("blocked %d, pending %d, handled is default %d, ignored %d, files %d, nice %d, alarm %d\n", sigismember(&mask, SIGHUP),
			sigismember(&pending, SIGHUP), usr1.sa_handler == SIG_DFL, usr2.sa_handler == SIG_IGN, (int)limit.rlim_cur,
			getpriority(PRIO_PROCESS, 0), alarm(0) > 0);
		return 0;
	}
	char *one[] = { "true", 0 };
	try("plain", one, environ);
	try("no environment", one, 0);
	char *longest[] = { "true", filled(131071), 0 };
	try("the longest argument", longest, environ);
	char *longer[] = { "true", filled(131072), 0 };
	try("a longer one", longer, environ);
	char *variable[] = { filled(131071), 0 };
	try("the longest variable", one, variable);
	char *longer_variable[] = { filled(131072), 0 };
	try("a longer one", one, longer_variable);
	try("a megabyte", many(10, filled(100000)), environ);
	try("three megabytes", many(30, filled(100000)), environ);
	try("variables of three megabytes", one, many(30, filled(100000)));
	try("half and half", many(12, filled(100000)), many(12, filled(100000)));
	try("many empty words", many(100000, ""), environ);
	struct rlimit stack;
	getrlimit(RLIMIT_STACK, &stack);
	stack.rlim_cur = 1 << 20;
	setrlimit(RLIMIT_STACK, &stack);
	try("200,000 bytes with a stack of one megabyte", many(2, filled(100000)), environ);
	try("300,000 bytes", many(3, filled(100000)), environ);
	say("%s\n", execlp("/bin/true", "true", filled(200000), (char *)0) ? strerror(errno) : "");

	/* What stays. */
	sigset_t hup;
	sigemptyset(&hup);
	sigaddset(&hup, SIGHUP);
	sigprocmask(SIG_BLOCK, &hup, 0);
	raise(SIGHUP);
	on_signal(SIGUSR1, abort, 0);
	signal(SIGUSR2, SIG_IGN);
	struct rlimit files = { 200, 300 };
	setrlimit(RLIMIT_NOFILE, &files);
	setpriority(PRIO_PROCESS, 0, 3);
	alarm(100);
	execl("/proc/self/exe", "self", "look", (char *)0);
	say("exec: %s\n", strerror(errno));
	return 0;
}
