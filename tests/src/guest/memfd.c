/* memfd_create: a file without a name. */
#include "mapping.h"

int main(void)
{
	int fd = memfd_create("note", MFD_CLOEXEC);
	say("made %d, closes on exec %d\n", fd >= 0, fcntl(fd, F_GETFD, 0));
	told("ftruncate", ftruncate(fd, 2 * PAGE));
	char *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	p[PAGE] = 'x';
	char byte = 0;
	say("read %zd %c\n", pread(fd, &byte, 1, PAGE), 'x');
	struct stat status;
	fstat(fd, &status);
	say("mode %o size %ld links %ld\n", status.st_mode, (long)status.st_size, (long)status.st_nlink);
	char link[64] = "", name[64];
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	say("%ld %s\n", (long)readlink(name, link, sizeof link), link);
	pid_t child = fork();
	if (child == 0) {
		pwrite(fd, "child", 5, 0);
		_exit(0);
	}
	reap("child", child);
	say("%s\n", p);
	told("unknown flag", memfd_create("x", 0x100));
	told("bad name", memfd_create(NULL, 0));
	char longest[300];
	memset(longest, 'n', 299);
	longest[299] = 0;
	told("long name", memfd_create(longest, 0));
	longest[249] = 0;
	say("just fits %d\n", memfd_create(longest, 0) >= 0);
	told("munmap", munmap(p, 2 * PAGE));
	return 0;
}
