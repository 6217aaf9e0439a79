/* Files that cannot be changed or only be appended to, as chattr makes them, and what statx tells of it. */
#include "check.h"
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

/* The numbers differ with the size of a long. */
#define GET _IOR('f', 1, long)
#define SET _IOW('f', 2, long)
enum { IMMUTABLE = 0x10, APPEND = 0x20, NODUMP = 0x40, NOATIME = 0x80, OURS = 0xf0 };

static int flags_of(const char *path)
{
	int flags = 0, fd = open(path, O_RDONLY);
	int error = ioctl(fd, GET, &flags);
	close(fd);
	return error ? -1 : flags;
}

static int set(const char *path, int flags)
{
	int fd = open(path, O_RDONLY), all = flags_of(path) & ~OURS | flags;
	int error = ioctl(fd, SET, &all), kept = errno;
	close(fd);
	errno = kept;
	return error;
}

static void attributes(const char *path)
{
	unsigned long long words[32] = { 0 };
	int error = syscall(SYS_statx, AT_FDCWD, path, 0, 0x7ff, words);
	say("%s: flags %x, statx %d %llx, asked %llx\n", path, flags_of(path) & OURS, error, words[1] & 0x70, words[7] & 0x70);
}

static void opened(const char *path, int flags)
{
	int fd = open(path, flags, 0644);
	say("%s %o: %s\n", path, flags, fd < 0 ? strerror(errno) : "ok");
	if (fd >= 0) close(fd);
}

static void try_all(const char *file, const char *directory)
{
	struct timespec times[2] = { { 1, 2 }, { 3, 4 } };
	char inside[40], other[40];
	opened(file, O_RDONLY);
	opened(file, O_WRONLY);
	opened(file, O_RDWR | O_APPEND);
	opened(file, O_WRONLY | O_APPEND | O_TRUNC);
	opened(file, O_WRONLY | O_CREAT | O_APPEND);
	told("access", access(file, W_OK));
	told("truncate", truncate(file, 0));
	told("chmod", chmod(file, 0600));
	told("chown", chown(file, 1, 1));
	told("times", utimensat(AT_FDCWD, file, times, 0));
	told("times now", utimensat(AT_FDCWD, file, 0, 0));
	told("xattr", setxattr(file, "user.x", "y", 1, 0));
	told("no xattr", removexattr(file, "user.x"));
	told("link", link(file, "another"));
	told("rename", rename(file, "another"));
	told("onto", rename("plain", file));
	told("exchange", syscall(SYS_renameat2, AT_FDCWD, "plain", AT_FDCWD, file, 2));
	told("unlink", unlink(file));
	snprintf(inside, sizeof inside, "%s/new", directory);
	snprintf(other, sizeof other, "%s/old", directory);
	opened(inside, O_CREAT | O_WRONLY);
	told("mkdir", mkdir(strcat(inside, "d"), 0755));
	told("unlink in", unlink(other));
	told("rename in", rename(other, inside));
	told("out", rename(other, "out"));
	told("move directory", rename(directory, "elsewhere"));
	told("rmdir", rmdir(directory));
}

int main(void)
{
	go_to_memory();
	chmod(".", 0755);
	close(open("f", O_CREAT | O_RDWR, 0644));
	close(open("plain", O_CREAT | O_RDWR, 0644));
	mkdir("d", 0755);
	close(open("d/old", O_CREAT | O_RDWR, 0644));
	attributes("f");
	told("others", set("f", NODUMP | NOATIME));
	attributes("f");
	int open_before = open("f", O_RDWR);
	say("-- immutable\n");
	told("file", set("f", IMMUTABLE));
	told("directory", set("d", IMMUTABLE));
	attributes("f");
	attributes("d");
	try_all("f", "d");
	pid_t child = fork();
	if (!child) {
		setuid(1234);
		told("a user's", set("f", 0));
		try_all("f", "d");
		_exit(0);
	}
	waitpid(child, 0, 0);
	say("-- append only\n");
	told("file", set("f", APPEND));
	told("directory", set("d", APPEND));
	attributes("f");
	try_all("f", "d");
	told("open before", ftruncate(open_before, 0));
	int fd = open("f", O_WRONLY | O_APPEND);
	told("no longer appending", fcntl(fd, F_SETFL, 0));
	told("write", write(fd, "x", 1));
	told("allocate", fallocate(fd, 0, 0, 100));
	told("punch", fallocate(fd, 3, 0, 100));
	say("-- and back\n");
	told("file", set("f", 0));
	told("directory", set("d", 0));
	told("unlink", unlink("f"));
	chown("plain", 1234, 1234);
	child = fork();
	if (!child) {
		setuid(1234);
		told("own", set("plain", NODUMP));
		told("own, immutable", set("plain", IMMUTABLE));
		attributes("plain");
		_exit(0);
	}
	waitpid(child, 0, 0);
	int p[2], value = 0;
	pipe(p);
	say("a pipe: %d\n", ioctl(p[0], GET, &value));
	return 0;
}
