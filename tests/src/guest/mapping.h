/* What the tests of mappings share. */
#ifndef MAPPING_H
#define MAPPING_H

#include "check.h"
#include <stdint.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

static sigjmp_buf after_fault;
static siginfo_t fault;

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	fault = *info;
	siglongjmp(after_fault, 1);
}

static void catch_faults(void)
{
	struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

/* Whether a byte can be read, in words; addresses are told from a base. */
static void probe(const char *what, char *base, long at, int store)
{
	if (sigsetjmp(after_fault, 1) == 0) {
		volatile char *p = base + at;
		if (store) *p = 'w';
		say("%s %s %ld: %d\n", what, store ? "write" : "read", at, *p);
	} else {
		say("%s %s %ld: signal %d code %d at %ld\n", what, store ? "write" : "read", at, fault.si_signo,
			fault.si_code, (long)((char *)fault.si_addr - base));
	}
}

/* Pages of zeroes of one's own. */
static char *pages(int count)
{
	return mmap(NULL, count * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* A file of so many bytes: the letters, again and again. */
static int lettered(const char *name, int bytes)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);
	for (int i = 0; i < bytes; i++) {
		char letter = 'a' + i % 26;
		if (write(fd, &letter, 1) != 1) say("write: %s\n", strerror(errno));
	}
	return fd;
}

/* What mmap gave, in words. */
static void mapped(const char *what, void *address)
{
	say("%s: %s\n", what, address == MAP_FAILED ? strerror(errno) : "mapped");
}

#endif
