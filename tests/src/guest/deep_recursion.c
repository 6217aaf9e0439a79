/* Recursion without end is a SIGSEGV: a handler on an alternate stack can leave it, without one it kills. */
#include "check.h"

static sigjmp_buf back;
static volatile int where;

static void handler(int sig)
{
	siglongjmp(back, sig);
}

__attribute__((noinline)) static int deeper(int n)
{
	if (where) return n;
	int result = deeper(n + 1);
	__asm__ volatile ("" : : : "memory");
	return result * 3 + where;
}

int main(void)
{
	stack_t stack = { .ss_sp = malloc(65536), .ss_size = 65536 };
	sigaltstack(&stack, 0);
	on_signal(SIGSEGV, handler, SA_ONSTACK);
	for (volatile int i = 0; i < 2; i++) {
		int sig = sigsetjmp(back, 1);
		if (sig) say("left by %d\n", sig);
		else say("%d\n", deeper(0));
	}
	pid_t child = fork();
	if (!child) {
		on_signal(SIGSEGV, handler, 0);
		if (sigsetjmp(back, 1)) _exit(1);
		_exit(deeper(0));
	}
	reap("without a stack", child);
	child = fork();
	if (!child) {
		on_signal(SIGSEGV, SIG_DFL, 0);
		_exit(deeper(0));
	}
	reap("without a handler", child);
	return 0;
}
