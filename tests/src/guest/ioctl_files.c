// What ioctl answers for files and pipes that are no terminals.
#include "check.h"
#include <sys/ioctl.h>

#define FICLONE 0x40049409
#define FIOASYNC_ 0x5452

static void ask(const char *what, int fd, unsigned long request, long argument)
{
	told(what, ioctl(fd, request, argument));
}

int main(void)
{
	int n = -1, one = 1, zero = 0;
	int file = open("file", O_CREAT | O_RDWR, 0600), other = open("other", O_CREAT | O_RDWR, 0600);
	write(file, "0123456789", 10);
	lseek(file, 4, SEEK_SET);
	told("left", ioctl(file, FIONREAD, &n));
	say("%d\n", n);
	lseek(file, 100, SEEK_SET);
	ioctl(file, FIONREAD, &n);
	say("beyond %d\n", n);
	int p[2];
	pipe(p);
	write(p[1], "abc", 3);
	told("pipe", ioctl(p[0], FIONREAD, &n));
	say("%d\n", n);
	told("other end", ioctl(p[1], FIONREAD, &n));
	int dir = open(".", O_RDONLY);
	told("directory", ioctl(dir, FIONREAD, &n));
	ask("close on exec", file, FIOCLEX, 0);
	say("%d\n", fcntl(file, F_GETFD));
	ask("not", file, FIONCLEX, 0);
	say("%d\n", fcntl(file, F_GETFD));
	told("non-blocking", ioctl(p[0], FIONBIO, &one));
	say("%o\n", fcntl(p[0], F_GETFL) & O_NONBLOCK);
	told("blocking", ioctl(p[0], FIONBIO, &zero));
	say("%o\n", fcntl(p[0], F_GETFL) & O_NONBLOCK);
	long long size = -1;
	told("space", ioctl(file, 0x5460, &size));
	told("space of a pipe", ioctl(p[0], 0x5460, &size));
	ask("clone", file, FICLONE, other);
	ask("clone a directory", file, FICLONE, dir);
	ask("clone a pipe", file, FICLONE, p[0]);
	ask("clone nothing", file, FICLONE, 99);
	told("terminal", ioctl(file, TIOCGWINSZ, &size));
	told("block device", ioctl(file, 0x1260, &size));
	told("nonsense", ioctl(file, 0x12345678, &size));
	told("nonsense on a pipe", ioctl(p[0], 0x12345678, &size));
	told("closed", ioctl(99, FIONREAD, &n));
	told("path", ioctl(open("file", O_PATH), FIONREAD, &n));
	told("bad address", ioctl(file, FIONREAD, (void *)-4096));
	return 0;
}
