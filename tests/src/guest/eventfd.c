// eventfd: counting, semaphores, limits, waiting in both directions, poll, sharing by fork, wrong arguments.
#include "check.h"
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>

static void get(const char *what, int fd)
{
	uint64_t value = 77;
	int got = read(fd, &value, sizeof value);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %d bytes, %llu\n", what, got, (unsigned long long)value);
}

static void put(const char *what, int fd, uint64_t value)
{
	int got = write(fd, &value, sizeof value);
	say("%s: %d %s\n", what, got, got < 0 ? strerror(errno) : "");
}

static void ready(const char *what, int fd)
{
	struct pollfd p = { fd, POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, 0 };
	int n = poll(&p, 1, 0);
	say("%s: %d %x\n", what, n, p.revents);
}

int main(void)
{
	int fd = eventfd(3, EFD_NONBLOCK);
	say("flags %o\n", fcntl(fd, F_GETFL) & (O_ACCMODE | O_NONBLOCK));
	ready("three", fd);
	get("first", fd);
	get("empty", fd);
	ready("empty", fd);
	put("one", fd, 1);
	put("two", fd, 2);
	get("sum", fd);
	put("all ones", fd, UINT64_MAX);
	put("most", fd, UINT64_MAX - 1);
	ready("full", fd);
	put("none", fd, 0);
	put("too much", fd, 1);
	get("most", fd);

	char small[7];
	told("small read", read(fd, small, 7));
	told("small write", write(fd, small, 7));
	get("nothing again", fd);
	char large[16];
	put("one", fd, 1);
	told("large read", read(fd, large, 16));
	told("pread", pread(fd, large, 8, 0));
	told("pwrite", pwrite(fd, large, 8, 0));
	told("ftruncate", ftruncate(fd, 0));
	struct stat st;
	fstat(fd, &st);
	say("stat %o %d\n", st.st_mode, (int)st.st_size);
	char link[64], path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int n = readlink(path, link, sizeof link);
	say("link %.*s\n", n, link);

	int sem = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
	get("down", sem);
	get("down", sem);
	get("down", sem);

	told("wrong flag", eventfd(0, 1 << 20));
	int close_on_exec = eventfd(0, EFD_CLOEXEC);
	say("cloexec %d\n", fcntl(close_on_exec, F_GETFD));

	// A child adds, the parent waits; then the parent fills, and the child makes room.
	int shared = eventfd(0, 0);
	pid_t child = fork();
	if (!child) {
		await_sleep(getppid());
		uint64_t value = 41;
		write(shared, &value, sizeof value);
		await_sleep(getppid());
		uint64_t taken;
		read(shared, &taken, sizeof taken);
		_exit(taken == UINT64_MAX - 1);
	}
	get("parent", shared);
	put("fill", shared, UINT64_MAX - 1);
	put("wait", shared, 9);
	reap("child", child);
	get("rest", shared);
	return 0;
}
