/* What mmap, munmap and mprotect refuse. */
#include "mapping.h"

int main(void)
{
	int fd = lettered("file", PAGE);
	int reading = open("file", O_RDONLY), writing = open("file", O_WRONLY);
	int pipes[2];
	pipe(pipes);
	int rw = PROT_READ | PROT_WRITE, own = MAP_PRIVATE | MAP_ANONYMOUS;
	mapped("no length", mmap(NULL, 0, rw, own, -1, 0));
	mapped("no type", mmap(NULL, PAGE, rw, MAP_ANONYMOUS, -1, 0));
	mapped("unaligned offset", mmap(NULL, PAGE, rw, MAP_PRIVATE, fd, 1));
	mapped("bad descriptor", mmap(NULL, PAGE, rw, MAP_PRIVATE, 99, 0));
	mapped("pipe", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, pipes[0], 0));
	mapped("directory", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, open(".", O_RDONLY), 0));
	mapped("write-only", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, writing, 0));
	mapped("write-only shared", mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, writing, 0));
	mapped("read-only shared for writing", mmap(NULL, PAGE, rw, MAP_SHARED, reading, 0));
	char *p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, reading, 0);
	mapped("read-only shared", p);
	told("mprotect of it", mprotect(p, PAGE, rw));
	mapped("unaligned fixed", mmap((void *)(p + 1), PAGE, rw, own | MAP_FIXED, -1, 0));
	mapped("zero device", mmap(NULL, PAGE, rw, MAP_PRIVATE, open("/dev/zero", O_RDWR), 0));
	mapped("zero device shared", mmap(NULL, PAGE, rw, MAP_SHARED, open("/dev/zero", O_RDWR), 0));
	mapped("null device", mmap(NULL, PAGE, rw, MAP_PRIVATE, open("/dev/null", O_RDWR), 0));
	mapped("validated", mmap(NULL, PAGE, rw, MAP_SHARED_VALIDATE, fd, 0));
	mapped("validated, unknown flag", mmap(NULL, PAGE, rw, MAP_SHARED_VALIDATE | 0x200000, fd, 0));
	mapped("unknown flag", mmap(NULL, PAGE, rw, MAP_SHARED | 0x200000, fd, 0));

	char *q = pages(4);
	mapped("in the way", mmap(q, PAGE, rw, own | MAP_FIXED_NOREPLACE, -1, 0));
	told("munmap nothing", munmap(q, 0));
	told("munmap unaligned", munmap(q + 1, PAGE));
	told("munmap a hole", munmap(q + PAGE, PAGE) + munmap(q + PAGE, PAGE));
	mapped("out of the way", mmap(q + PAGE, PAGE, rw, own | MAP_FIXED_NOREPLACE, -1, 0));
	munmap(q + PAGE, PAGE);
	told("mprotect unaligned", mprotect(q + 1, PAGE, PROT_READ));
	told("mprotect over a hole", mprotect(q, 3 * PAGE, PROT_READ));
	told("mprotect nothing", mprotect(q, 0, PROT_READ));
	told("mprotect unknown", mprotect(q, PAGE, 0x100));
	close(fd);
	return 0;
}
