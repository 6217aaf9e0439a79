/* A file is cut and grows again below its mappings: what lay beyond is lost, private pages that were written too. */
#include "mapping.h"

static void look(const char *when, char *shared, char *own)
{
	say("%s\n", when);
	for (int i = 0; i < 4; i++) {
		probe("shared", shared, i * PAGE, 0);
		probe("private", own, i * PAGE, 0);
	}
}

int main(void)
{
	catch_faults();
	int fd = lettered("cut", 4 * PAGE);
	char *shared = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *own = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	char *part = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 2 * PAGE);
	for (int i = 0; i < 4; i++) own[i * PAGE] = '0' + i;
	part[0] = part[PAGE] = 'p';
	look("whole", shared, own);
	told("cut", ftruncate(fd, 2 * PAGE + 100));
	look("cut", shared, own);
	probe("by offset", part, 0, 0);
	probe("by offset", part, PAGE, 0);
	pid_t child = fork();
	if (child == 0) {
		look("child", shared, own);
		told("cut by the child", truncate("cut", PAGE));
		look("child", shared, own);
		_exit(0);
	}
	reap("child", child);
	look("parent", shared, own);
	told("grown", ftruncate(fd, 4 * PAGE));
	look("grown", shared, own);
	probe("by offset", part, 0, 0);
	own[3 * PAGE] = 'x';
	close(open("cut", O_WRONLY | O_TRUNC));
	look("emptied", shared, own);
	char byte = 'b';
	pwrite(fd, &byte, 1, 3 * PAGE);
	look("written", shared, own);
	told("unlink", unlink("cut"));
	told("cut again", ftruncate(fd, 10));
	close(fd);
	look("closed", shared, own);
	return 0;
}
