/* System calls heed the rights of their buffers: EFAULT, or as much as there is room for. */
#include "mapping.h"
#include <sys/uio.h>

int main(void)
{
	char *p = pages(3);
	memset(p, 'p', PAGE);
	mprotect(p + PAGE, PAGE, PROT_READ);
	munmap(p + 2 * PAGE, PAGE);
	int fd = lettered("file", 2 * PAGE);
	told("read to read-only", pread(fd, p + PAGE, 10, 0));
	told("write from read-only", pwrite(fd, p + PAGE, 10, 0));
	told("read to nothing", pread(fd, p + 2 * PAGE, 10, 0));
	told("write from nothing", pwrite(fd, p + 2 * PAGE, 10, 0));
	told("read up to the edge", pread(fd, p + PAGE - 5, 5, 0));
	int pipes[2];
	pipe(pipes);
	write(pipes[1], "12345", 5);
	told("few bytes before the edge", read(pipes[0], p + PAGE - 5, 100));
	told("name to read-only", getcwd(p + PAGE, 100) ? 0 : -1);
	told("path in nothing", open(p + 2 * PAGE, O_RDONLY));
	strcpy(p, "file");
	mprotect(p, PAGE, PROT_READ);
	int opened = open(p, O_RDONLY);
	say("path in read-only %d\n", opened >= 0);
	struct iovec pieces[2] = {{p, 4}, {p + 2 * PAGE, 4}};
	told("gather from nothing", writev(pipes[1], pieces + 1, 1));
	mprotect(p, PAGE, PROT_NONE);
	told("path in forbidden", open(p, O_RDONLY));
	return 0;
}
