/* null, zero, full, random and urandom: what every call does to them. */
#include "check.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>

static void device(const char *path)
{
	char bytes[16], zeros[16] = { 0 };
	struct stat s;
	say("-- %s\n", path);
	told("stat", stat(path, &s));
	say("%o %u:%u size %d blocks %d\n", s.st_mode, major(s.st_rdev), minor(s.st_rdev), (int)s.st_size, (int)s.st_blocks);
	int fd = open(path, O_RDWR);
	told("open", fd < 0 ? -1 : 0);
	memset(bytes, 1, sizeof bytes);
	int got = read(fd, bytes, sizeof bytes);
	told("read", got);
	say("zeros %d\n", !memcmp(bytes, zeros, sizeof bytes));
	told("read of nothing", read(fd, bytes, 0));
	told("write", write(fd, "text", 4));
	told("write of nothing", write(fd, "text", 0));
	told("pread", pread(fd, bytes, 4, 1000));
	told("pwrite", pwrite(fd, bytes, 4, 1000));
	told("lseek", lseek(fd, 100, SEEK_SET));
	told("lseek on", lseek(fd, 100, SEEK_CUR));
	told("lseek end", lseek(fd, 0, SEEK_END));
	told("lseek back", lseek(fd, -1000, SEEK_SET));
	told("lseek data", lseek(fd, 0, SEEK_DATA));
	told("ftruncate", ftruncate(fd, 10));
	told("truncate", truncate(path, 10));
	told("fallocate", fallocate(fd, 0, 0, 10));
	told("fsync", fsync(fd));
	told("FIONREAD", ioctl(fd, FIONREAD, bytes));
	told("TIOCGWINSZ", ioctl(fd, TIOCGWINSZ, bytes));
	struct pollfd p = { fd, POLLIN | POLLOUT | POLLPRI };
	told("poll", poll(&p, 1, 0));
	say("ready %x\n", p.revents);
	char *map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	told("private map", map == MAP_FAILED ? -1 : map[5000]);
	map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	told("shared map", map == MAP_FAILED ? -1 : map[5000]);
	int other = open(path, O_WRONLY | O_APPEND | O_TRUNC | O_CREAT, 0644);
	told("open to write", other < 0 ? -1 : 0);
	told("read there", read(other, bytes, 1));
	close(other);
	told("exclusive", open(path, O_WRONLY | O_CREAT | O_EXCL, 0644));
	told("as a directory", open(path, O_RDONLY | O_DIRECTORY));
	told("sendfile", syscall(SYS_sendfile, fd, fd, 0, 4));
	int ends[2];
	pipe(ends);
	told("splice from", syscall(SYS_splice, fd, 0, ends[1], 0, 8, 2));
	write(ends[1], "more", 4);
	told("splice to", syscall(SYS_splice, ends[0], 0, fd, 0, 4, 2));
	struct flock l = { F_WRLCK, SEEK_SET, 0, 10 };
	told("lock", fcntl(fd, F_SETLK, &l));
	told("execute", execl(path, "x", (char *)0));
	close(fd);
}

int main(void)
{
	device("/dev/null");
	device("/dev/zero");
	device("/dev/full");
	char random[32] = { 0 }, more[32] = { 0 };
	for (int i = 0; i < 2; i++) {
		int fd = open(i ? "/dev/urandom" : "/dev/random", O_RDWR);
		told("random", read(fd, random, 32));
		told("again", read(fd, more, 32));
		say("differ %d\n", !!memcmp(random, more, 32));
		told("write", write(fd, "abc", 3));
		told("lseek", lseek(fd, 10, SEEK_SET));
		struct pollfd p = { fd, POLLIN | POLLOUT };
		poll(&p, 1, 0);
		say("ready %x\n", p.revents);
		told("map", mmap(0, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
		close(fd);
	}
	told("tty without one", open("/dev/tty", O_RDWR));
	char link[100] = "";
	readlink("/dev/fd", link, sizeof link);
	say("fd -> %s\n", link);
	memset(link, 0, sizeof link);
	readlink("/dev/stdin", link, sizeof link);
	say("stdin -> %s\n", link);
	return 0;
}
