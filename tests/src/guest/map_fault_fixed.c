/* A handler that gives the page its rights and returns: the access is made then. */
#include "mapping.h"

static char *base;
static volatile int faults;

static void repair(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	faults++;
	char *page = base + ((char *)info->si_addr - base) / PAGE * PAGE;
	mprotect(page, PAGE, PROT_READ | PROT_WRITE);
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = repair, .sa_flags = SA_SIGINFO};
	sigaction(SIGSEGV, &action, NULL);
	base = pages(300);
	mprotect(base, 300 * PAGE, PROT_NONE);
	long sum = 0;
	for (int i = 0; i < 300; i++) base[i * PAGE + i] = i % 100;
	for (int i = 0; i < 300; i++) sum += base[i * PAGE + i];
	say("faults %d sum %ld\n", faults, sum);
	mprotect(base, 3 * PAGE, PROT_NONE);
	memset(base + 10, 'x', 2 * PAGE);
	say("faults %d: %c %c\n", faults, base[10], base[2 * PAGE + 9]);
	return 0;
}
