/* Edges, single shots and exclusive watchers of every kind of file that can be watched. */
#include "check.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

/* A file that is watched, and how it becomes readable and is emptied. */
struct kind {
	const char *name;
	int fd, other;
	void (*fill)(struct kind *);
	void (*drain)(struct kind *);
};

static char bytes[4096];

static void fill_other(struct kind *kind) { write(kind->other, "x\n", 2); }
static void drain_all(struct kind *kind) { while (read(kind->fd, bytes, sizeof bytes) > 0)
		; }
static void fill_counter(struct kind *kind) { write(kind->fd, &(uint64_t){ 1 }, 8); }
static void drain_counter(struct kind *kind) { read(kind->fd, bytes, 8); }
static void fill_signal(struct kind *kind) { kill(getpid(), SIGUSR1); }
static void fill_notice(struct kind *kind) { close(open("watched", O_CREAT | O_WRONLY, 0600)); unlink("watched"); }

static void fill_timer(struct kind *kind)
{
	struct itimerspec soon = { { 0, 0 }, { 0, 1 } };
	timerfd_settime(kind->fd, 0, &soon, 0);
	struct pollfd polled = { kind->fd, POLLIN };
	poll(&polled, 1, -1);
}

static void fill_listener(struct kind *kind)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof address;
	getsockname(kind->fd, (void *)&address, &length);
	connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&address, length);
}

static void drain_listener(struct kind *kind)
{
	int fd;
	while ((fd = accept(kind->fd, 0, 0)) >= 0) close(fd);
}

static int events(int epoll, int wait)
{
	struct epoll_event event;
	int count = epoll_wait(epoll, &event, 1, wait ? -1 : 0);
	return count == 1 ? event.events : count;
}

static int watch(int epoll, int operation, int fd, unsigned wanted)
{
	struct epoll_event event = { wanted };
	return epoll_ctl(epoll, operation, fd, &event) ? -errno : 0;
}

static void try(struct kind *kind)
{
	int epoll = epoll_create1(0), second = epoll_create1(0), outer = epoll_create1(0);
	say("-- %s\n", kind->name);
	watch(epoll, EPOLL_CTL_ADD, kind->fd, EPOLLIN | EPOLLET);
	say("edge, nothing: %x\n", events(epoll, 0));
	kind->fill(kind);
	say("edge: %x", events(epoll, 1));
	say(" once: %x\n", events(epoll, 0));
	watch(epoll, EPOLL_CTL_MOD, kind->fd, EPOLLIN | EPOLLET);
	say("changed: %x", events(epoll, 0));
	say(" once: %x\n", events(epoll, 0));
	kind->drain(kind);
	say("drained: %x\n", events(epoll, 0));
	watch(epoll, EPOLL_CTL_MOD, kind->fd, EPOLLIN | EPOLLONESHOT);
	kind->fill(kind);
	say("one shot: %x", events(epoll, 1));
	say(" once: %x", events(epoll, 0));
	watch(epoll, EPOLL_CTL_MOD, kind->fd, EPOLLIN | EPOLLONESHOT);
	say(" armed: %x", events(epoll, 0));
	watch(epoll, EPOLL_CTL_MOD, kind->fd, EPOLLIN);
	say(" level: %x", events(epoll, 0));
	say(" still: %x\n", events(epoll, 0));
	kind->drain(kind);
	say("drained: %x\n", events(epoll, 0));
	watch(epoll, EPOLL_CTL_DEL, kind->fd, 0);
	say("exclusive: %d %d\n", watch(epoll, EPOLL_CTL_ADD, kind->fd, EPOLLIN | EPOLLEXCLUSIVE),
		watch(second, EPOLL_CTL_ADD, kind->fd, EPOLLIN | EPOLLEXCLUSIVE));
	watch(outer, EPOLL_CTL_ADD, epoll, EPOLLIN);
	kind->fill(kind);
	struct pollfd polled = { epoll, POLLIN };
	say("through poll: %x", poll(&polled, 1, -1) > 0 ? polled.revents : 0);
	say(" nested: %x", events(outer, 1));
	say(" both see the level: %x %x\n", events(epoll, 0), events(second, 0));
	kind->drain(kind);
	say("drained: %x %x %x\n", events(epoll, 0), events(second, 0), events(outer, 0));
	close(epoll);
	close(second);
	close(outer);
}

static void nonblocking(int fd)
{
	fcntl(fd, F_SETFL, O_NONBLOCK | fcntl(fd, F_GETFL));
}

static void pair_of_sockets(const char *name, int type)
{
	int ends[2];
	socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, ends);
	struct kind kind = { name, ends[0], ends[1], fill_other, drain_all };
	try(&kind);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	int ends[2];
	go_to_memory();
	pipe2(ends, O_NONBLOCK);
	try(&(struct kind){ "pipe", ends[0], ends[1], fill_other, drain_all });
	mkfifo("fifo", 0600);
	int fifo = open("fifo", O_RDWR | O_NONBLOCK);
	try(&(struct kind){ "fifo", fifo, fifo, fill_other, drain_all });
	pair_of_sockets("stream", SOCK_STREAM);
	pair_of_sockets("datagrams", SOCK_DGRAM);
	pair_of_sockets("packets", SOCK_SEQPACKET);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	bind(listener, (void *)&(struct sockaddr){ AF_UNIX }, sizeof(sa_family_t));
	listen(listener, 10);
	try(&(struct kind){ "listener", listener, 0, fill_listener, drain_listener });
	try(&(struct kind){ "counter", eventfd(0, EFD_NONBLOCK), 0, fill_counter, drain_counter });
	try(&(struct kind){ "timer", timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), 0, fill_timer, drain_counter });
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, 0);
	try(&(struct kind){ "signals", signalfd(-1, &set, SFD_NONBLOCK), 0, fill_signal, drain_all });
	int notices = inotify_init1(IN_NONBLOCK);
	inotify_add_watch(notices, ".", IN_CREATE);
	try(&(struct kind){ "notices", notices, 0, fill_notice, drain_all });
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	unlockpt(master);
	int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	nonblocking(slave);
	try(&(struct kind){ "terminal", slave, master, fill_other, drain_all });
	return 0;
}
