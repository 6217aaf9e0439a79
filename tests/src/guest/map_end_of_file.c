/* Pages beyond the end of the file are lost until it grows; the rest of its last page is zero. */
#include "mapping.h"

int main(void)
{
	catch_faults();
	int fd = lettered("ends", 100);
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *q = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	probe("shared", p, 99, 0);
	probe("shared", p, 100, 0);
	probe("shared", p, PAGE - 1, 1);
	probe("shared", p, PAGE, 0);
	probe("private", q, 99, 0);
	probe("private", q, 100, 0);
	probe("private", q, PAGE, 1);
	struct stat status;
	fstat(fd, &status);
	say("size %ld\n", (long)status.st_size);
	told("grow", ftruncate(fd, 2 * PAGE + 1));
	probe("grown", p, PAGE, 1);
	probe("grown", p, 2 * PAGE, 0);
	probe("grown", p, 3 * PAGE, 0);
	probe("private grown", q, PAGE, 0);
	p[2 * PAGE + 50] = 'x';
	told("cut", ftruncate(fd, PAGE + 10));
	probe("cut", p, PAGE + 9, 0);
	probe("cut", p, 2 * PAGE, 0);
	pid_t child = fork();
	if (child == 0) {
		told("cut by another", ftruncate(fd, 5));
		_exit(0);
	}
	reap("child", child);
	probe("cut", p, 4, 0);
	probe("cut", p, 5, 0);
	probe("cut", p, PAGE + 9, 0);
	told("grow", ftruncate(fd, 4 * PAGE));
	probe("zeroes", p, 2 * PAGE + 50, 0);
	probe("zeroes", p, 50, 0);
	told("munmap", munmap(p, 4 * PAGE));
	return 0;
}
