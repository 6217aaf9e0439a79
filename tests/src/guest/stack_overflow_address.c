/* The address of a fault tells that it was the stack that overflowed: it lies next to the mapping that holds the stack. */
#include "check.h"
#include <sys/mman.h>

static char *in_stack;

static void overflowed(int sig, siginfo_t *info, void *context)
{
	char *fault = info->si_addr, line[256];
	FILE *maps = fopen("/proc/self/maps", "r");
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, end;
		if (sscanf(line, "%lx-%lx", &start, &end) != 2 || in_stack < (char *)start || in_stack >= (char *)end) continue;
		say("code %d, next to the stack %d\n", info->si_code, fault < in_stack && (long)start - (long)fault < 65536);
	}
	_exit(0);
}

static int deep(int n)
{
	volatile char frame[64];
	frame[n % 64] = (char)n;
	return deep(n + 1) + frame[(n * 7) % 64];
}

int main(void)
{
	static char handlers[65536];
	stack_t other = { .ss_sp = handlers, .ss_size = sizeof handlers };
	char here;
	in_stack = &here;
	/* Programs that map memory have a page zero, below the stack. */
	mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigaltstack(&other, 0);
	struct sigaction action = { .sa_sigaction = overflowed, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	sigaction(SIGSEGV, &action, 0);
	return deep(0);
}
