/* sigaltstack: handlers with SA_ONSTACK run there, others do not; who is there cannot change it; jumps leave it; fork
 * inherits it, exec does not. */
#include "check.h"
#include <ucontext.h>

static sigjmp_buf back;
static char *base;
static size_t size = 65536;
static volatile int depth;

static int on_stack(void)
{
	char here;
	return &here >= base && &here < base + size;
}

static void show(const char *what)
{
	stack_t now;
	if (sigaltstack(0, &now)) say("%s: %s\n", what, strerror(errno));
	else say("%s: flags %d size %d %s\n", what, now.ss_flags, (int)now.ss_size, now.ss_sp == base ? "ours" : now.ss_sp ? "other" : "null");
}

static void handler(int sig)
{
	stack_t other = { .ss_sp = base, .ss_size = size };
	say("handler of %d, on the stack %d\n", sig, on_stack());
	show("in the handler");
	if (on_stack()) {
		int result = sigaltstack(&other, 0);
		say("changing it: %d %s\n", result, result ? strerror(errno) : "");
	}
	if (sig == SIGUSR1 && !depth) {
		depth = 1;
		raise(SIGUSR2);
		depth = 0;
	}
}

static void jumps(int sig)
{
	say("jumps from the stack %d\n", on_stack());
	siglongjmp(back, 1);
}

static void with_context(int sig, siginfo_t *info, void *context)
{
	ucontext_t *u = context;
	say("context: stack %s, blocked %d\n", u->uc_stack.ss_sp == base ? "ours" : "other", sigismember(&u->uc_sigmask, SIGUSR2));
	sigaddset(&u->uc_sigmask, SIGHUP);
	sigdelset(&u->uc_sigmask, SIGUSR2);
}

static volatile int levels;
static int consume(int n)
{
	volatile char room[1024];
	room[0] = n;
	levels = n;
	return consume(n + 1) + room[0];
}

int main(int argc, char **argv)
{
	base = malloc(size);
	if (argc > 1) {
		show("after exec");
		return 0;
	}
	show("at first");
	stack_t stack = { .ss_sp = base, .ss_size = 100 };
	int result = sigaltstack(&stack, 0);
	say("too small: %d %s\n", result, strerror(errno));
	stack.ss_size = size;
	stack.ss_flags = 99;
	result = sigaltstack(&stack, 0);
	say("bad flags: %d %s\n", result, strerror(errno));
	stack.ss_flags = 0;
	result = sigaltstack(&stack, 0);
	say("set: %d\n", result);
	show("now");

	on_signal(SIGUSR1, handler, SA_ONSTACK);
	on_signal(SIGUSR2, handler, SA_ONSTACK);
	raise(SIGUSR1);
	on_signal(SIGUSR1, handler, 0);
	raise(SIGUSR1);

	on_signal(SIGALRM, jumps, SA_ONSTACK);
	for (int i = 0; i < 2; i++) {
		if (!sigsetjmp(back, 1)) raise(SIGALRM);
		show("after the jump");
	}

	struct sigaction action = { .sa_sigaction = with_context, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	sigaction(SIGTERM, &action, 0);
	sigset_t mask;
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR2);
	sigprocmask(SIG_SETMASK, &mask, 0);
	raise(SIGTERM);
	sigprocmask(SIG_SETMASK, 0, &mask);
	say("after the handler: HUP %d USR2 %d\n", sigismember(&mask, SIGHUP), sigismember(&mask, SIGUSR2));
	sigemptyset(&mask);
	sigprocmask(SIG_SETMASK, &mask, 0);

	pid_t child = fork();
	if (!child) {
		show("in the child");
		execl("/proc/self/exe", argv[0], "again", (char *)0);
		_exit(9);
	}
	reap("child", child);

	/* The program's own stack ends. */
	on_signal(SIGSEGV, jumps, SA_ONSTACK);
	struct rlimit limit = { 256 * 1024, 256 * 1024 };
	setrlimit(RLIMIT_STACK, &limit);
	if (!sigsetjmp(back, 1)) consume(0);
	say("survived: %d\n", levels > 50);
	child = fork();
	if (!child) {
		on_signal(SIGSEGV, jumps, 0);
		consume(0);
	}
	reap("without the stack", child);

	stack.ss_flags = SS_DISABLE;
	result = sigaltstack(&stack, 0);
	say("disable: %d\n", result);
	show("disabled");
	return 0;
}
