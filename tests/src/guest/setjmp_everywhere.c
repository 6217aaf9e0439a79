/* setjmp and longjmp, fork inside their reach, and sigsetjmp's mask. */
#include "check.h"

static jmp_buf outer, inner;

static void jump(jmp_buf to, int value)
{
	longjmp(to, value);
}

static void nested(int value)
{
	if (setjmp(inner) == 0) jump(inner, 1);
	say("inner\n");
	jump(outer, value);
}

static sigjmp_buf from_handler;

static void escape(int sig)
{
	siglongjmp(from_handler, sig);
}

static int blocked(int sig)
{
	sigset_t set;
	sigprocmask(SIG_BLOCK, 0, &set);
	return sigismember(&set, sig);
}

static int fork_below(int depth)
{
	volatile int keep = depth;
	if (depth) return fork_below(depth - 1) + (keep - depth);
	return fork();
}

int main(void)
{
	volatile int count = 0;
	int value = setjmp(outer);
	count++;
	if (value < 3) {
		say("outer %d\n", value);
		nested(value + 1);
	}
	say("done after %d, longjmp with 0 gives ", count);
	value = setjmp(outer);
	if (!value) longjmp(outer, 0);
	say("%d\n", value);

	/* The region of a setjmp is copied with everything else: parent and child both jump. */
	volatile pid_t pid = -1;
	value = setjmp(outer);
	if (!value) {
		pid = fork_below(5);
		if (!pid) jump(outer, 40);
		reap("child that jumped", pid);
		jump(outer, 50);
	}
	say("%s jumped with %d\n", pid ? "parent" : "child", value);
	if (!pid) _exit(value);

	/* Out of a handler: the mask is restored if it was saved. */
	on_signal(SIGUSR1, escape, 0);
	value = sigsetjmp(from_handler, 1);
	if (!value) raise(SIGUSR1);
	say("saved: %d, blocked %d\n", value == SIGUSR1, blocked(SIGUSR1));
	value = sigsetjmp(from_handler, 0);
	if (!value) raise(SIGUSR1);
	say("not saved: %d, blocked %d\n", value == SIGUSR1, blocked(SIGUSR1));

	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, 0);

	/* Out of a computation that would never end. */
	on_signal(SIGALRM, escape, 0);
	value = sigsetjmp(from_handler, 1);
	if (!value) {
		alarm(1);
		for (volatile unsigned n = 0; ; n++);
	}
	say("left the loop by signal %d\n", value);
	return 0;
}
