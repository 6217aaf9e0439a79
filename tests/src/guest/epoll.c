// epoll: adding and removing, level and edge, once only, nesting, closed files, what cannot be watched.
#include "check.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

static struct epoll_event ready[16];

static void result(const char *what, int value)
{
	say("%s: %s\n", what, value < 0 ? strerror(errno) : value ? "positive" : "0");
}

static int control(int epoll, int operation, int fd, unsigned events)
{
	struct epoll_event event = { events };
	event.data.u64 = 0x1234500000000ULL + fd;
	return epoll_ctl(epoll, operation, fd, &event);
}

static int by_fd(const void *a, const void *b)
{
	const struct epoll_event *x = a, *y = b;
	return x->data.u64 < y->data.u64 ? -1 : x->data.u64 > y->data.u64;
}

static void look(const char *what, int epoll, int timeout)
{
	int count = epoll_wait(epoll, ready, 16, timeout);
	if (count < 0) {
		say("%s: %s\n", what, strerror(errno));
		return;
	}
	say("%s: %d", what, count);
	qsort(ready, count, sizeof *ready, by_fd);
	for (int i = 0; i < count; i++) say(" %x/%d", ready[i].events, (int)(ready[i].data.u64 - 0x1234500000000ULL));
	say("\n");
}

static void nothing(int number) {}

int main(void)
{
	char buffer[100];
	int p[2], s[2];
	pipe2(p, O_NONBLOCK);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	int e = epoll_create1(EPOLL_CLOEXEC);
	say("closes on exec %d\n", fcntl(e, F_GETFD));
	result("bad flags", epoll_create1(1));

	say("level\n");
	result("add", control(e, EPOLL_CTL_ADD, p[0], EPOLLIN));
	result("again", control(e, EPOLL_CTL_ADD, p[0], EPOLLIN));
	look("nothing", e, 0);
	write(p[1], "ab", 2);
	look("something", e, -1);
	look("still", e, 0);
	read(p[0], buffer, 2);
	look("read", e, 0);
	result("writer", control(e, EPOLL_CTL_ADD, p[1], EPOLLOUT));
	look("room", e, 0);
	result("modify", control(e, EPOLL_CTL_MOD, p[1], EPOLLIN));
	look("other events", e, 0);
	result("remove", control(e, EPOLL_CTL_DEL, p[1], 0));
	result("again", control(e, EPOLL_CTL_DEL, p[1], 0));
	result("modify", control(e, EPOLL_CTL_MOD, p[1], EPOLLIN));

	say("edge\n");
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET);
	look("nothing", e, 0);
	write(p[1], "ab", 2);
	look("something", e, 0);
	look("not again", e, 0);
	read(p[0], buffer, 1);
	look("not for what is left", e, 0);
	write(p[1], "c", 1);
	look("but for more", e, 0);
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET);
	look("and when modified", e, 0);

	say("once\n");
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT);
	look("something", e, 0);
	look("no more", e, 0);
	write(p[1], "d", 1);
	look("not for more", e, 0);
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT);
	look("again", e, 0);

	say("hanging up\n");
	control(e, EPOLL_CTL_ADD, s[0], EPOLLRDHUP);
	look("nothing", e, 0);
	shutdown(s[1], SHUT_WR);
	look("half", e, 0);
	close(s[1]);
	look("closed", e, 0);
	control(e, EPOLL_CTL_MOD, s[0], 0);
	look("not asked for", e, 0);
	int again = dup(s[0]);
	close(s[0]);
	look("closed, but there is another descriptor", e, 0);
	close(again);
	look("closed", e, 0);

	say("nested\n");
	int outer = epoll_create1(0);
	result("add", control(outer, EPOLL_CTL_ADD, e, EPOLLIN));
	result("circle", control(e, EPOLL_CTL_ADD, outer, EPOLLIN));
	result("itself", control(e, EPOLL_CTL_ADD, e, EPOLLIN));
	look("nothing", outer, 0);
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN);
	look("something", outer, 0);
	struct pollfd poller = { outer, POLLIN };
	say("poll %d\n", poll(&poller, 1, 0));
	while (read(p[0], buffer, sizeof buffer) > 0);
	look("nothing", outer, 0);
	say("poll %d\n", poll(&poller, 1, 0));
	int chain = outer, depth = 0;
	while (depth < 20) {
		int next = epoll_create1(0);
		if (control(next, EPOLL_CTL_ADD, chain, EPOLLIN)) break;
		chain = next;
		depth++;
	}
	say("too deep: %s\n", strerror(errno));

	say("woken\n");
	control(e, EPOLL_CTL_MOD, p[0], EPOLLIN);
	pid_t child = fork();
	if (child == 0) {
		await_sleep(getppid());
		write(p[1], "x", 1);
		_exit(0);
	}
	look("outer", outer, -1);
	look("inner", e, -1);
	reap("child", child);
	read(p[0], buffer, 1);
	look("in time", e, 20);

	say("signals\n");
	on_signal(SIGUSR1, nothing, SA_RESTART);
	child = fork();
	if (child == 0) {
		await_sleep(getppid());
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	look("interrupted", e, -1);
	reap("child", child);
	sigset_t mask, old;
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	sigprocmask(SIG_BLOCK, &mask, &old);
	raise(SIGUSR1);
	look("blocked", e, 0);
	result("with another mask", epoll_pwait(e, ready, 16, -1, &old));
	sigprocmask(SIG_SETMASK, &old, 0);

	say("fairness\n");
	int many[20][2];
	int f = epoll_create1(0);
	for (int i = 0; i < 20; i++) {
		pipe(many[i]);
		control(f, EPOLL_CTL_ADD, many[i][0], EPOLLIN);
		write(many[i][1], "x", 1);
	}
	int seen[200] = { 0 }, distinct = 0;
	for (int i = 0; i < 4; i++) {
		int count = epoll_wait(f, ready, 5, 0);
		for (int j = 0; j < count; j++) {
			int fd = (int)(ready[j].data.u64 - 0x1234500000000ULL);
			if (!seen[fd]++) distinct++;
		}
	}
	say("%d of 20\n", distinct);

	say("errors\n");
	int file = open("file", O_CREAT | O_RDWR, 0600);
	result("regular file", control(e, EPOLL_CTL_ADD, file, EPOLLIN));
	result("directory", control(e, EPOLL_CTL_ADD, open(".", O_RDONLY), EPOLLIN));
	result("not open", control(e, EPOLL_CTL_ADD, 999, EPOLLIN));
	result("no epoll", control(p[0], EPOLL_CTL_ADD, p[1], EPOLLIN));
	result("epoll not open", control(999, EPOLL_CTL_ADD, p[1], EPOLLIN));
	result("operation", control(e, 7, p[1], EPOLLIN));
	result("bad pointer", epoll_ctl(e, EPOLL_CTL_ADD, p[1], (void *)-1));
	result("no room", epoll_wait(e, ready, 0, 0));
	result("wait on a pipe", epoll_wait(p[0], ready, 1, 0));
	result("exclusive", control(e, EPOLL_CTL_ADD, p[1], EPOLLOUT | EPOLLEXCLUSIVE));
	result("modify exclusive", control(e, EPOLL_CTL_MOD, p[1], EPOLLOUT));
	result("exclusive once", control(outer, EPOLL_CTL_ADD, p[1], EPOLLOUT | EPOLLEXCLUSIVE | EPOLLONESHOT));
	return 0;
}
