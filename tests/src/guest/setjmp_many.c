/* A function with many sigsetjmps and many variables that outlive them, left in every way there is. */
#include "check.h"

#define TEN(M, n) M(n##0) M(n##1) M(n##2) M(n##3) M(n##4) M(n##5) M(n##6) M(n##7) M(n##8) M(n##9)
#define ALL(M) TEN(M, 1) TEN(M, 2) TEN(M, 3)

static sigjmp_buf back;
static volatile int *volatile nowhere = (volatile int *)0xfffffff0u;
static volatile unsigned seed = 7;

static unsigned next(void)
{
	return seed = seed * 1103515245 + 12345;
}

static void escape(int sig)
{
	siglongjmp(back, sig);
}

static void leave(int n)
{
	switch (n % 4) {
	case 0: siglongjmp(back, n);
	case 1: raise(SIGUSR1); break;
	default: break;
	}
}

#define VARIABLE(n) unsigned v##n = next();
#define SUM(n) sum = sum * 31 + v##n;

/* What is set before a sigsetjmp and not after it must be there after the jump. */
#define SITE(n) \
	v##n ^= next() + n; \
	value = sigsetjmp(back, 1); \
	if (!value) { \
		leave(n); \
		if (n % 4 == 2) *nowhere = n; \
		pid_t child = n % 4 == 3 ? fork() : -1; \
		if (!child) siglongjmp(back, 100 + n); \
		if (child > 0) reap("child", child); \
		say("site %d stayed\n", n); \
	} else { \
		say("site %d came back with %d: %u %u\n", n, value, v##n, v10 ^ v29); \
		if (value > 100) _exit(value - 100); \
	}

int main(void)
{
	on_signal(SIGUSR1, escape, 0);
	on_signal(SIGSEGV, escape, 0);
	int value;
	ALL(VARIABLE)
	ALL(SITE)
	unsigned sum = 0;
	ALL(SUM)
	say("sum %u\n", sum);
	return 0;
}
