/* RLIMIT_DATA limits what is private and writable; getrusage tells how much memory there has been. */
#include "check.h"
#include <sys/mman.h>

enum { MIB = 1 << 20 };

static void *map(size_t size, int prot, int flags)
{
	void *at = mmap(0, size, prot, flags | MAP_ANONYMOUS, -1, 0);
	say("%zu MiB, rights %d, %s: %s\n", size / MIB, prot, flags == MAP_PRIVATE ? "private" : "shared",
		at == MAP_FAILED ? strerror(errno) : "mapped");
	return at;
}

int main()
{
	struct rlimit limit = { 64 * MIB, 64 * MIB };
	told("setrlimit", setrlimit(RLIMIT_DATA, &limit));
	map(128 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(128 * MIB, PROT_READ, MAP_PRIVATE);
	map(128 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED);
	char *area = map(32 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	map(40 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	/* A compiler may leave out what nobody looks at. */
	void *volatile made = malloc(60 * MIB);
	say("malloc: %s\n", made ? "there" : strerror(errno));
	say("longer: %s\n", mremap(area, 32 * MIB, 70 * MIB, MREMAP_MAYMOVE) == MAP_FAILED ? strerror(errno) : "moved");
	area = mremap(area, 32 * MIB, 40 * MIB, MREMAP_MAYMOVE);
	say("a little longer: %s\n", area == MAP_FAILED ? strerror(errno) : "moved");
	if (fork() == 0) {
		map(40 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE);
		_exit(0);
	}
	wait(0);
	memset(area, 1, 40 * MIB);
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	say("at least 40 MiB: %d\n", usage.ru_maxrss >= 40 * 1024);
	munmap(area, 40 * MIB);
	map(50 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	getrusage(RUSAGE_SELF, &usage);
	say("still: %d\n", usage.ru_maxrss >= 40 * 1024);
}
