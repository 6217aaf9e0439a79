/* Faults in a function so large that it is split, inside and outside of its jumps, and what survives them. */
#include "check.h"

static sigjmp_buf back;
static volatile unsigned long nowhere = 0xfffffff0;
static volatile int zero;
static volatile int counts[64];
static int where;

static void handler(int sig)
{
	siglongjmp(back, sig);
}

#define STEP(n) \
	if (which == n) { if (n % 3 == 0) sum += *(volatile int *)nowhere; else if (n % 3 == 1) sum /= zero; else __builtin_trap(); } \
	counts[n & 63]++; sum = sum * 31 + n; if (sum % 7 == n % 7) counts[(n + 1) & 63] += sum & 3; \
	switch (sum & 3) { case 0: sum ^= n * 17; break; case 1: sum += counts[n & 31]; break; case 2: sum = sum << 3 | sum >> 29; break; default: sum -= n; }
#define STEPS(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5) STEP(n + 6) STEP(n + 7)
#define MANY(n) STEPS(n) STEPS(n + 8) STEPS(n + 16) STEPS(n + 24) STEPS(n + 32) STEPS(n + 40) STEPS(n + 48) STEPS(n + 56)

__attribute__((noinline)) static unsigned huge(int which)
{
	unsigned sum = which;
	MANY(0) MANY(64) MANY(128)
	return sum;
}

/* The same with jumps set in it. */
__attribute__((noinline)) static unsigned huge_with_jump(int which)
{
	volatile unsigned kept = which;
	unsigned sum = which;
	int sig = sigsetjmp(back, 1);
	if (sig) return kept * 1000 + sig;
	kept = which + 1;
	MANY(0) MANY(64)
	kept = which + 2;
	MANY(128)
	return sum;
}

int main(void)
{
	on_signal(SIGSEGV, handler, 0);
	on_signal(SIGFPE, handler, 0);
	on_signal(SIGILL, handler, 0);
	for (volatile int which = 0; which < 200; which += 7) {
		int sig = sigsetjmp(back, 1);
		if (sig) { say("%d: signal %d\n", which, sig); continue; }
		for (where = 0; where < 64; where++) counts[where] = 0;
		say("%d: %u\n", which, huge(which));
	}
	for (int which = 0; which < 200; which += 11) say("%d: %u\n", which, huge_with_jump(which));
	return 0;
}
