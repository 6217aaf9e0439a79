/* What can be done with a descriptor that only names a place (O_PATH), and what cannot. */
#include "check.h"
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <sys/file.h>
#include <poll.h>
#include <dirent.h>

static void try_all(const char *what, int fd)
{
	char text[100], name[40];
	struct stat s;
	struct statfs f;
	struct timespec times[2] = { { 1, 0 }, { 2, 0 } };
	struct iovec v = { text, 1 };
	struct pollfd p = { fd, POLLIN | POLLOUT };
	say("-- %s\n", what);
	told("read", read(fd, text, 1));
	told("write", write(fd, "x", 1));
	told("pread", pread(fd, text, 1, 0));
	told("readv", readv(fd, &v, 1));
	told("lseek", lseek(fd, 0, SEEK_SET));
	told("ftruncate", ftruncate(fd, 0));
	told("fallocate", fallocate(fd, 0, 0, 10));
	told("fchmod", syscall(SYS_fchmod, fd, 0600));
	told("fchown", syscall(SYS_fchown, fd, 0, 0));
	told("fchownat", fchownat(fd, "", 0, 0, AT_EMPTY_PATH));
	told("futimens", futimens(fd, times));
	told("utimensat", syscall(SYS_utimensat, fd, "", times, AT_EMPTY_PATH));
	told("fsync", fsync(fd));
	told("fdatasync", fdatasync(fd));
	told("ioctl", ioctl(fd, FIONREAD, text));
	told("fstat", fstat(fd, &s));
	say("type %o\n", s.st_mode & S_IFMT);
	told("fstatat", fstatat(fd, "", &s, AT_EMPTY_PATH));
	told("fstatfs", fstatfs(fd, &f));
	told("fgetxattr", fgetxattr(fd, "user.x", text, 10));
	told("fsetxattr", fsetxattr(fd, "user.x", "y", 1, 0));
	told("flistxattr", flistxattr(fd, text, 10));
	told("flock", flock(fd, LOCK_SH));
	struct flock l = { F_RDLCK, SEEK_SET };
	told("fcntl lock", fcntl(fd, F_SETLK, &l));
	say("flags %o\n", fcntl(fd, F_GETFL) & ~O_LARGEFILE & ~0100000);
	told("F_SETFL", fcntl(fd, F_SETFL, O_APPEND));
	told("F_GETFD", fcntl(fd, F_GETFD));
	told("mmap", mmap(0, 1, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
	told("poll", poll(&p, 1, 0));
	say("poll %x\n", p.revents);
	told("getdents", syscall(SYS_getdents64, fd, text, sizeof text));
	told("fchdir", fchdir(fd));
	chdir(memory_directory);
	told("faccessat", syscall(439, fd, "", R_OK, AT_EMPTY_PATH));
	int length = readlinkat(fd, "", text, sizeof text);
	told("readlinkat", length);
	told("openat", openat(fd, "x", O_RDONLY) < 0 ? -1 : 0);
	told("linkat", linkat(fd, "", AT_FDCWD, "linked", AT_EMPTY_PATH));
	unlink("linked");
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	int again = open(name, O_RDONLY | O_NONBLOCK);
	told("reopened", again < 0 ? -1 : 0);
	close(again);
	told("chmod through proc", chmod(name, 0640));
	told("stat through proc", stat(name, &s));
	told("setxattr through proc", setxattr(name, "user.x", "y", 1, 0));
	told("link through proc", linkat(AT_FDCWD, name, AT_FDCWD, "linked", AT_SYMLINK_FOLLOW));
	unlink("linked");
	told("truncate through proc", truncate(name, 0));
	char *const none[] = { 0 };
	told("fexecve", syscall(SYS_execveat, fd, "", none, none, AT_EMPTY_PATH));
	told("sendfile", syscall(SYS_sendfile, 1, fd, 0, 10));
	told("copy_file_range", syscall(SYS_copy_file_range, fd, 0, fd, 0, 1, 0));
	told("dup", dup(fd) < 0 ? -1 : 0);
	close(fd);
}

int main(void)
{
	go_to_memory();
	close(open("f", O_CREAT | O_WRONLY, 0644));
	mkdir("d", 0755);
	close(open("d/x", O_CREAT | O_WRONLY, 0644));
	symlink("f", "l");
	mkfifo("p", 0644);
	try_all("file", open("f", O_PATH));
	try_all("directory", open("d", O_PATH));
	try_all("link", open("l", O_PATH | O_NOFOLLOW));
	try_all("FIFO", open("p", O_PATH));
	say("with other flags: %d\n", open("none", O_PATH | O_CREAT | O_EXCL, 0644) < 0 ? errno : 0);
	say("a directory is wanted: %d\n", open("f", O_PATH | O_DIRECTORY) < 0 ? errno : 0);
	say("a link, followed, to be a directory: %d\n", open("l", O_PATH | O_NOFOLLOW | O_DIRECTORY) < 0 ? errno : 0);
	chmod("f", 0);
	if (!fork()) {
		setgid(1000);
		setuid(1000);
		int fd = open("f", O_PATH);
		say("without permission: %d\n", fd < 0 ? errno : 0);
		struct stat s;
		told("fstat", fstat(fd, &s));
		char name[40];
		snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
		told("reopened", open(name, O_RDONLY));
		_exit(0);
	}
	wait(0);
	return 0;
}
