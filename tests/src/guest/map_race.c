/* Threads that read and write where another one maps, protects and unmaps: each access works or faults, nothing else. */
#include "mapping.h"
#include <pthread.h>

enum { PAGES = 64 };

static char *area;
static volatile int over;
static _Thread_local sigjmp_buf back;
static volatile long faults[3], accesses[3];

static void jump_back(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)info, (void)context;
	siglongjmp(back, 1);
}

static void *access_at_random(void *argument)
{
	long number = (long)argument;
	volatile unsigned state = number + 1;
	if (sigsetjmp(back, 1)) faults[number]++;
	while (!over) {
		state = state * 1664525 + 1013904223;
		volatile char *p = area + state / 7 % (PAGES * PAGE - 8);
		if (state >> 31) *(volatile long long *)p = state;
		else (void)*p;
		accesses[number]++;
	}
	return NULL;
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = jump_back, .sa_flags = SA_SIGINFO};
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	int fd = lettered("raced", PAGES / 2 * PAGE);
	area = pages(PAGES);
	pthread_t threads[3];
	for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, access_at_random, (void *)i);
	unsigned state = 9;
	for (int i = 0; i < 3000 || accesses[0] < 100 || accesses[1] < 100 || accesses[2] < 100; i++) {
		state = state * 1664525 + 1013904223;
		int first = state / 3 % PAGES, count = 1 + state / 1000 % (PAGES - first);
		char *at = area + first * PAGE;
		switch (state / 100000 % 5) {
		case 0: mprotect(at, count * PAGE, state / 77 % 4); break;
		case 1: munmap(at, count * PAGE); break;
		case 2: mmap(at, count * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, first * PAGE); break;
		case 3: madvise(at, count * PAGE, MADV_DONTNEED); break;
		default: mmap(at, count * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
		if (i % 100 == 0) usleep(1000);
	}
	over = 1;
	mmap(area, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
	say("accesses %d faults %d\n", accesses[0] && accesses[1] && accesses[2], faults[0] + faults[1] + faults[2] > 0);
	return 0;
}
