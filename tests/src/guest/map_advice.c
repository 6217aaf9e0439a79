/* madvise: what it drops, what children get, what it refuses. */
#include "mapping.h"

int main(void)
{
	char *p = pages(6);
	memset(p, 'x', 6 * PAGE);
	told("DONTNEED", madvise(p + PAGE, PAGE, MADV_DONTNEED));
	say("%d %d %d\n", p[0], p[PAGE], p[2 * PAGE]);
	told("WILLNEED", madvise(p, 6 * PAGE, MADV_WILLNEED));
	told("NORMAL, RANDOM, SEQUENTIAL", madvise(p, PAGE, MADV_NORMAL) + madvise(p, PAGE, MADV_RANDOM) + madvise(p, PAGE, MADV_SEQUENTIAL));
	told("FREE", madvise(p + 5 * PAGE, PAGE, MADV_FREE));
	told("nothing", madvise(p, 0, MADV_DONTNEED));
	told("unaligned", madvise(p + 1, PAGE, MADV_DONTNEED));
	told("unknown", madvise(p, PAGE, 77));
	munmap(p + 3 * PAGE, PAGE);
	told("over a hole", madvise(p + 2 * PAGE, 3 * PAGE, MADV_DONTNEED));
	say("but done: %d %d\n", p[2 * PAGE], p[4 * PAGE]);

	int fd = lettered("file", 2 * PAGE);
	char *q = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	q[0] = '!';
	told("DONTNEED of a shared page", madvise(q, PAGE, MADV_DONTNEED));
	say("%c\n", q[0]);
	told("FREE of a file's", madvise(q, PAGE, MADV_FREE));
	told("REMOVE", madvise(q, PAGE, MADV_REMOVE));
	struct stat status;
	fstat(fd, &status);
	say("hole %d, size %ld\n", q[0], (long)status.st_size);
	told("REMOVE of one's own", madvise(p, PAGE, MADV_REMOVE));

	char *r = pages(3);
	memset(r, 'r', 3 * PAGE);
	told("DONTFORK", madvise(r, PAGE, MADV_DONTFORK));
	told("WIPEONFORK", madvise(r + PAGE, PAGE, MADV_WIPEONFORK));
	told("WIPEONFORK of a file", madvise(q, PAGE, MADV_WIPEONFORK));
	pid_t child = fork();
	if (child == 0) {
		catch_faults();
		probe("child", r, 0, 0);
		probe("child", r, PAGE, 0);
		probe("child", r, 2 * PAGE, 0);
		_exit(0);
	}
	reap("child", child);
	say("parent %c %c\n", r[0], r[PAGE]);
	return 0;
}
