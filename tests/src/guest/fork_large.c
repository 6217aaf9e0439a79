/* A large process forks again and again, and so do its children: each sees what was there, and nobody what others write. */
#include "mapping.h"

enum { PAGES = 12 << 20 >> 12 };

static unsigned char *area;

static unsigned sum(void)
{
	unsigned sum = 0;
	for (int i = 0; i < PAGES; i++) sum = sum * 31 + area[(size_t)i * PAGE + i % 100];
	return sum;
}

static void change(unsigned seed, int count)
{
	for (int i = 0; i < count; i++) {
		seed = seed * 1664525 + 1013904223;
		unsigned page = (seed >> 8) % PAGES;
		/* Where the file is, everybody would see it, sooner or later. */
		if (page / 4 != 125) area[(size_t)page * PAGE + page % 100] = seed;
	}
}

static void child(int depth, int round)
{
	say("child %d of depth %d: %u\n", round, depth, sum());
	change(round + depth, 50);
	madvise(area + 100 * PAGE * (round + 1), 80 * PAGE, MADV_DONTNEED);
	munmap(area + 2000 * PAGE, 64 * PAGE);
	mmap(area + 2000 * PAGE, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	say("then: %u\n", sum());
	fflush(stdout);
	if (depth < 3) {
		pid_t pid = fork();
		if (pid == 0) child(depth + 1, round);
		waitpid(pid, NULL, 0);
		say("after its own: %u\n", sum());
	}
	fflush(stdout);
	_exit(0);
}

int main(void)
{
	int fd = lettered("file", 4 * PAGE);
	area = mmap(NULL, (size_t)PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < PAGES; i++) area[(size_t)i * PAGE + i % 100] = i * 7 + 1;
	for (int round = 0; round < 8; round++) {
		say("round %d: %u\n", round, sum());
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0) child(1, round);
		change(round * 77, round % 3 == 2 ? 20000 : 40);
		waitpid(pid, NULL, 0);
		if (round == 4) {
			mmap(area + 500 * PAGE, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
			mremap(area + 1000 * PAGE, 100 * PAGE, 100 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, area + 600 * PAGE);
			mmap(area + 1000 * PAGE, 100 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
		if (round == 6) {
			mmap(area + 500 * PAGE, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
	}
	say("end: %u\n", sum());
	return 0;
}
