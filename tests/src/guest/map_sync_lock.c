/* msync, mincore, and the mlock family. */
#include "mapping.h"

int main(void)
{
	int fd = lettered("file", 2 * PAGE);
	char *q = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	told("msync", msync(q, 2 * PAGE, MS_SYNC));
	told("msync async", msync(q, 2 * PAGE, MS_ASYNC | MS_INVALIDATE));
	told("msync both", msync(q, PAGE, MS_SYNC | MS_ASYNC));
	told("msync unknown", msync(q, PAGE, 64));
	told("msync unaligned", msync(q + 1, PAGE, MS_SYNC));
	char *p = pages(8);
	munmap(p + 6 * PAGE, PAGE);
	told("msync over a hole", msync(p, 8 * PAGE, MS_SYNC));
	told("mlock", mlock(p, 2 * PAGE));
	told("msync invalidate locked", msync(p, PAGE, MS_INVALIDATE));
	told("DONTNEED locked", madvise(p, PAGE, MADV_DONTNEED));
	told("mlock unaligned", mlock(p + 1, 10));
	told("mlock over a hole", mlock(p, 8 * PAGE));
	told("munlock", munlock(p, 2 * PAGE));
	told("munlock over a hole", munlock(p, 8 * PAGE));
	told("mlockall", mlockall(MCL_CURRENT | MCL_FUTURE));
	told("munlockall", munlockall());
	told("mlockall nothing", mlockall(0));
	told("mlockall unknown", mlockall(64));

	unsigned char there[4] = {0};
	p = pages(64);
	p[0] = p[33 * PAGE] = 1;
	told("mincore", mincore(p, PAGE, there));
	say("touched %d\n", there[0] & 1);
	told("mincore", mincore(p + 32 * PAGE, 3 * PAGE, there));
	say("untouched %d touched %d untouched %d\n", there[0] & 1, there[1] & 1, there[2] & 1);
	told("mincore unaligned", mincore(p + 1, PAGE, there));
	munmap(p + 32 * PAGE, PAGE);
	told("mincore over a hole", mincore(p + 31 * PAGE, 2 * PAGE, there));
	told("mincore nowhere", mincore(p, PAGE, NULL));
	return 0;
}
