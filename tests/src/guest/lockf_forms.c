/* lockf, and record locks at the edges of what a file can be. */
#include "check.h"

static void other(const char *what, int type, off_t start, off_t length)
{
	pid_t child = fork();
	if (!child) {
		int fd = open("f", O_RDWR);
		struct flock l = { type, SEEK_SET, start, length };
		int error = fcntl(fd, F_GETLK, &l);
		if (error) say("%s: %s\n", what, strerror(errno));
		else if (l.l_type == F_UNLCK) say("%s: free\n", what);
		else say("%s: %s %lld+%lld by the parent %d\n", what, l.l_type == F_RDLCK ? "read" : "write", (long long)l.l_start, (long long)l.l_len, l.l_pid == getppid());
		_exit(0);
	}
	waitpid(child, 0, 0);
}

static void set(const char *what, int fd, int type, int whence, long long start, long long length)
{
	struct flock l = { type, whence, start, length };
	told(what, fcntl(fd, F_SETLK, &l));
}

int main(void)
{
	go_to_memory();
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	ftruncate(fd, 100);
	lseek(fd, 10, SEEK_SET);
	told("lock", lockf(fd, F_LOCK, 20));
	other("all", F_RDLCK, 0, 0);
	told("backwards", lockf(fd, F_TLOCK, -5));
	other("all", F_RDLCK, 0, 0);
	told("test own", lockf(fd, F_TEST, 20));
	told("unlock the middle", lockf(fd, F_ULOCK, 10));
	other("all", F_RDLCK, 0, 0);
	other("behind", F_RDLCK, 12, 0);
	told("to the end", lockf(fd, F_LOCK, 0));
	other("all", F_RDLCK, 0, 0);
	told("before the start", lockf(fd, F_LOCK, -20));
	told("bad command", lockf(fd, 9, 1));
	if (!fork()) {
		told("child tests", lockf(fd, F_TEST, 1));
		told("child tries", lockf(fd, F_TLOCK, 1));
		lseek(fd, 0, SEEK_SET);
		told("child before", lockf(fd, F_TLOCK, 5));
		_exit(0);
	}
	wait(0);
	lseek(fd, 0, SEEK_SET);
	told("unlock all", lockf(fd, F_ULOCK, 0));
	other("all", F_WRLCK, 0, 0);
	set("from the end", fd, F_WRLCK, SEEK_END, -10, 5);
	other("all", F_WRLCK, 0, 0);
	set("far", fd, F_RDLCK, SEEK_SET, 0x7ffffffffffffffeLL, 1);
	other("far", F_WRLCK, 1000, 0);
	set("the last byte", fd, F_WRLCK, SEEK_SET, 0x7fffffffffffffffLL, 1);
	set("too far", fd, F_RDLCK, SEEK_SET, 0x7fffffffffffffffLL, 2);
	set("over", fd, F_RDLCK, SEEK_CUR, 0x7fffffffffffffffLL, 0);
	set("negative", fd, F_RDLCK, SEEK_SET, -1, 0);
	set("length before the start", fd, F_RDLCK, SEEK_SET, 5, -6);
	set("length to the start", fd, F_RDLCK, SEEK_SET, 5, -5);
	other("all", F_WRLCK, 0, 0);
	set("wrong whence", fd, F_RDLCK, 9, 0, 0);
	set("wrong type", fd, 9, SEEK_SET, 0, 0);
	int read_only = open("f", O_RDONLY), write_only = open("f", O_WRONLY);
	set("write lock to read", read_only, F_WRLCK, SEEK_SET, 200, 1);
	set("read lock to write", write_only, F_RDLCK, SEEK_SET, 200, 1);
	set("upgrade", fd, F_RDLCK, SEEK_SET, 0, 50);
	other("all", F_WRLCK, 0, 0);
	set("upgrade", fd, F_WRLCK, SEEK_SET, 10, 10);
	other("reader", F_RDLCK, 0, 0);
	close(write_only);
	other("after a close", F_WRLCK, 0, 0);
	told("bad lock", fcntl(fd, F_SETLK, (struct flock *)-4096));
	told("bad lock", fcntl(fd, F_GETLK, (struct flock *)-4096));
	return 0;
}
