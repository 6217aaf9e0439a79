/* siglongjmp arrives in the function that set the jump, also from an instruction of its own: a fault, or a loop
 * without calls that a signal interrupts. What was kept before the jump was set is as it was. */
#include "check.h"

static sigjmp_buf back;
static volatile unsigned long nowhere = 0xfffffff0;
static volatile long spun;

static void handler(int sig)
{
	if (sig == SIGALRM && !spun) {
		alarm(1);
		return;
	}
	siglongjmp(back, sig);
}

__attribute__((noinline)) static int probe(unsigned long address)
{
	if (sigsetjmp(back, 1)) return 0;
	*(volatile char *)address;
	return 1;
}

__attribute__((noinline)) static long spin(long a, long b, double c)
{
	long product = a * b;
	double sum = c + a;
	int sig = sigsetjmp(back, 1);
	if (sig) return product + (long)sum + sig;
	alarm(1);
	for (;;) spun++;
}

/* Twice through the same place, and out of the handler's own arm. */
__attribute__((noinline)) static int again(int times)
{
	volatile int left = times;
	volatile int seen = 0;
	if (sigsetjmp(back, 1)) seen++;
	if (left-- > 0) *(volatile int *)nowhere = 1;
	return seen;
}

/* The inner function's jump is not the outer one's. */
__attribute__((noinline)) static int nested(void)
{
	sigjmp_buf kept;
	volatile int inner = 0;
	if (sigsetjmp(back, 1)) return 100 + inner;
	memcpy(&kept, &back, sizeof kept);
	inner = probe(nowhere);
	inner = probe((unsigned long)&inner) * 2;
	memcpy(&back, &kept, sizeof kept);
	*(volatile int *)nowhere = 1;
	return 0;
}

int main(void)
{
	on_signal(SIGSEGV, handler, 0);
	on_signal(SIGALRM, handler, 0);
	int here = 1;
	say("%d %d\n", probe((unsigned long)&here), probe(nowhere));
	say("%ld\n", spin(6, 7, 0.5));
	say("%d\n", spun > 0);
	say("%d %d\n", again(0), again(5));
	say("%d\n", nested());
	int plain = setjmp(*(jmp_buf *)&back);
	if (!plain) *(volatile int *)nowhere = 1;
	say("%d\n", plain);
	return 0;
}
