/* Faults are signals where they happen: a handler sees what and where, and siglongjmp leaves it, out of any
 * function, again and again. */
#include "check.h"

static sigjmp_buf back;
static volatile int zero;
static volatile unsigned long nowhere = 0xfffffff0;

static void handler(int sig, siginfo_t *info, void *context)
{
	if (sig == SIGSEGV) say("signal %d code %d at %lx\n", sig, info->si_code, (unsigned long)info->si_addr & 0xffffffff);
	else say("signal %d code %d\n", sig, info->si_code);
	siglongjmp(back, sig);
}

static void catch(int sig, int flags)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };
	sigemptyset(&action.sa_mask);
	sigaction(sig, &action, 0);
}

__attribute__((noinline)) static int divide(int a, int b) { return a / b; }
__attribute__((noinline)) static unsigned remainder_of(unsigned a, unsigned b) { return a % b; }
__attribute__((noinline)) static long long divide_long(long long a, long long b) { return a / b; }
__attribute__((noinline)) static int load(void) { return *(volatile int *)nowhere; }
__attribute__((noinline)) static void store(int value) { *(volatile char *)nowhere = value; }
__attribute__((noinline)) static int deep(int depth) { return depth ? deep(depth - 1) + 1 : load(); }
__attribute__((noinline)) static void trap(void) { __builtin_trap(); }

/* A function that sets jumps of its own, around which the fault passes. */
__attribute__((noinline)) static int with_jump(void)
{
	jmp_buf own;
	if (setjmp(own)) return 1;
	return load();
}

int main(void)
{
	volatile int rounds = 0;
	catch(SIGSEGV, 0);
	catch(SIGFPE, 0);
	catch(SIGILL, 0);
	for (volatile int round = 0; round < 3; round++) {
		if (!sigsetjmp(back, 1)) say("%d\n", divide(7, zero));
		if (!sigsetjmp(back, 1)) say("%u\n", remainder_of(7, zero));
		if (!sigsetjmp(back, 1)) say("%lld\n", divide_long(7, zero));
		if (!sigsetjmp(back, 1)) say("%d\n", divide(-2147483647 - 1, zero - 1));
		if (!sigsetjmp(back, 1)) say("%d\n", load());
		if (!sigsetjmp(back, 1)) store(1);
		if (!sigsetjmp(back, 1)) say("%d\n", deep(100));
		if (!sigsetjmp(back, 1)) say("%d\n", with_jump());
		if (!sigsetjmp(back, 1)) trap();
		if (!sigsetjmp(back, 1)) ((void (*)(void))(unsigned long)zero)();
		rounds++;
	}
	say("%d rounds\n", rounds);
	return 0;
}
