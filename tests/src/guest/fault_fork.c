/* A handler of a fault may fork, wait, and start programs; the parent still jumps out of it, and what the signal was for
 * stays what it was. Handlers that return to a fault that is still there see it again. */
#include "check.h"

static sigjmp_buf back;
static volatile int zero;
static volatile unsigned long nowhere = 0xfffffff0;
static volatile int times;

static void forks(int sig)
{
	pid_t child = fork();
	if (!child) {
		say("child in handler of %d\n", sig);
		_exit(3);
	}
	reap("child", child);
	siglongjmp(back, 1);
}

static void vforks(int sig)
{
	pid_t child = vfork();
	if (!child) _exit(4);
	reap("vfork", child);
	siglongjmp(back, 1);
}

static void forks_twice(int sig)
{
	pid_t first = fork();
	if (!first) {
		pid_t own = fork();
		if (!own) _exit(5);
		reap("grandchild", own);
		_exit(6);
	}
	reap("first", first);
	pid_t second = fork();
	if (!second) _exit(7);
	reap("second", second);
	siglongjmp(back, 1);
}

static void counts(int sig)
{
	if (++times == 3) siglongjmp(back, 1);
}

static void faults_again(int sig)
{
	say("fault in handler\n");
	*(volatile int *)nowhere = 1;
}

__attribute__((noinline)) static int recurse(int depth)
{
	if (!depth) return *(volatile int *)nowhere / zero;
	return recurse(depth - 1) + 1;
}

int main(void)
{
	on_signal(SIGSEGV, forks, 0);
	if (!sigsetjmp(back, 1)) recurse(20);
	on_signal(SIGSEGV, vforks, 0);
	if (!sigsetjmp(back, 1)) recurse(3);
	on_signal(SIGSEGV, forks_twice, 0);
	if (!sigsetjmp(back, 1)) recurse(5);
	on_signal(SIGSEGV, counts, 0);
	if (!sigsetjmp(back, 1)) recurse(5);
	say("%d times\n", times);
	times = 0;
	on_signal(SIGFPE, counts, 0);
	if (!sigsetjmp(back, 1)) say("%d\n", 7 / zero);
	say("%d times\n", times);

	pid_t child = fork();
	if (!child) {
		on_signal(SIGSEGV, faults_again, 0);
		recurse(2);
		_exit(0);
	}
	reap("fault in the handler", child);
	child = fork();
	if (!child) {
		on_signal(SIGSEGV, SIG_IGN, 0);
		recurse(2);
		_exit(0);
	}
	reap("ignored", child);
	child = fork();
	if (!child) {
		sigset_t set;
		on_signal(SIGSEGV, counts, 0);
		sigemptyset(&set);
		sigaddset(&set, SIGSEGV);
		sigprocmask(SIG_BLOCK, &set, 0);
		recurse(2);
		_exit(0);
	}
	reap("blocked", child);
	child = fork();
	if (!child) {
		struct sigaction once = { .sa_handler = counts, .sa_flags = SA_RESETHAND };
		sigaction(SIGSEGV, &once, 0);
		recurse(2);
		_exit(0);
	}
	reap("once", child);
	child = fork();
	if (!child) __builtin_trap();
	reap("trap", child);
	child = fork();
	if (!child) {
		on_signal(SIGFPE, SIG_DFL, 0);
		_exit(7 / zero);
	}
	reap("division", child);
	return 0;
}
