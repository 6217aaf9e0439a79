/* What is locked is counted and there; what cannot be had is locked all the same. */
#include "mapping.h"

static void count(const char *when)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	int kilobytes = -1;
	while (fgets(line, sizeof line, status)) sscanf(line, "VmLck: %d", &kilobytes);
	fclose(status);
	say("%s: %d KiB\n", when, kilobytes);
}

static void present(const char *what, char *at, int pages)
{
	unsigned char there[16];
	if (mincore(at, pages * PAGE, there)) {
		say("%s: %s\n", what, strerror(errno));
		return;
	}
	say("%s:", what);
	for (int i = 0; i < pages; i++) say(" %d", there[i] & 1);
	say("\n");
}

int main(void)
{
	int fd = lettered("file", 2 * PAGE);
	char *p = pages(600);
	told("lock", mlock(p + 300 * PAGE + 5, 2 * PAGE));
	present("locked", p + 300 * PAGE, 3);
	count("three pages");
	told("lock again", mlock(p + 301 * PAGE, 3 * PAGE));
	count("four pages");
	munmap(p + 400 * PAGE, PAGE);
	told("over a hole", mlock(p + 398 * PAGE, 4 * PAGE));
	count("up to the hole");
	told("unlock over the hole", munlock(p + 398 * PAGE, 4 * PAGE));
	count("without it");
	told("protect", mprotect(p + 500 * PAGE, PAGE, PROT_NONE));
	told("lock protected", mlock(p + 500 * PAGE, 2 * PAGE));
	count("with it");
	told("lock on fault", mlock2(p + 510 * PAGE, 2 * PAGE, 1));
	told("unknown flag", mlock2(p + 510 * PAGE, 2 * PAGE, 2));
	told("no length", mlock(p, 0));
	told("around the end", mlock(p, (size_t)-PAGE));
	told("unlock around the end", munlock(p, (size_t)-PAGE));
	count("more");
	char *q = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	told("beyond the end", mlock(q, 3 * PAGE));
	count("with the file");
	pid_t child = fork();
	if (child == 0) {
		count("child");
		_exit(0);
	}
	reap("child", child);
	munmap(p + 300 * PAGE, 4 * PAGE);
	count("unmapped");
	told("unlock all", munlockall());
	count("nothing");
	char *locked = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
	present("mapped locked", locked, 2);
	told("lock the future", mlockall(MCL_FUTURE));
	present("future", pages(2), 2);
	told("mincore around the end", mincore(p, (size_t)-PAGE, NULL));
	return 0;
}
