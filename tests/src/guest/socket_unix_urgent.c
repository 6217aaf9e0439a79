// Urgent data of Unix-domain streams: apart and in line, its mark, who is told of it, and files beside it.
#include "check.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int sender, receiver;
static volatile sig_atomic_t signals;

static void count(int signal) { signals++; }

static void status(const char *when)
{
	int mark = -1;
	struct pollfd polled = { receiver, POLLIN | POLLPRI, 0 };
	ioctl(receiver, SIOCATMARK, &mark);
	poll(&polled, 1, 0);
	say("%s: mark %d, readable %d, urgent %d\n", when, mark, !!(polled.revents & POLLIN), !!(polled.revents & POLLPRI));
}

static void take(int flags)
{
	char text[20] = "";
	struct iovec part = { text, sizeof text - 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	long got = recvmsg(receiver, &message, flags | MSG_DONTWAIT);
	say("received %ld %s, flags %#x%s%s\n", got, text, got < 0 ? 0 : message.msg_flags, got < 0 ? ", " : "", got < 0 ? strerror(errno) : "");
}

static void apart(void)
{
	int bytes = -1;
	take(MSG_OOB);
	told("send", send(sender, "abc", 3, 0));
	told("send urgent", send(sender, "xyz", 3, MSG_OOB));
	told("send", send(sender, "def", 3, 0));
	status("before");
	ioctl(receiver, FIONREAD, &bytes);
	say("%d bytes\n", bytes);
	take(MSG_OOB | MSG_PEEK);
	take(MSG_OOB);
	take(MSG_OOB);
	ioctl(receiver, FIONREAD, &bytes);
	say("%d bytes\n", bytes);
	take(0);
	status("at the mark");
	take(MSG_PEEK);
	take(0);
	status("after");
	take(0);
	told("send nothing", send(sender, "", 0, MSG_OOB));
	told("send urgent", send(sender, "1", 1, MSG_OOB));
	status("alone");
	take(0);
	status("lost");
	take(MSG_OOB);
	told("send urgent", send(sender, "first", 5, MSG_OOB));
	told("send urgent", send(sender, "second", 6, MSG_OOB));
	told("send", send(sender, "!", 1, 0));
	take(MSG_OOB);
	take(MSG_WAITALL);
	status("at the second mark");
	take(0);
	told("send urgent", send(sender, "1", 1, MSG_OOB));
	take(MSG_OOB);
	status("taken");
	take(0);
	told("send urgent", send(sender, "ab", 2, MSG_OOB));
	told("send", send(sender, "cd", 2, 0));
	take(0);
	take(MSG_PEEK);
	status("looked beyond");
	take(0);
	status("after");
}

static void in_line(void)
{
	int on = 1;
	told("in line", setsockopt(receiver, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on));
	told("send", send(sender, "abc", 3, 0));
	told("send urgent", send(sender, "xyz", 3, MSG_OOB));
	told("send", send(sender, "def", 3, 0));
	take(MSG_OOB);
	take(0);
	status("at the mark");
	take(0);
	status("after");
	on = 0;
	setsockopt(receiver, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on);
}

static void owner(void)
{
	int poller = epoll_create1(0);
	struct epoll_event event = { EPOLLPRI };
	epoll_ctl(poller, EPOLL_CTL_ADD, receiver, &event);
	signal(SIGURG, count);
	send(sender, "v", 1, MSG_OOB);
	say("nobody is told: %d\n", signals);
	take(MSG_OOB);
	fcntl(receiver, F_SETOWN, getpid());
	told("nothing", epoll_wait(poller, &event, 1, 0));
	send(sender, "v", 1, MSG_OOB);
	say("the owner is told: %d\n", signals);
	told("urgent", epoll_wait(poller, &event, 1, 0));
	say("events %x\n", event.events);
	take(MSG_OOB);
	take(0);
}

/* Files that are sent with urgent data alone do not arrive with it, and are closed with it. */
static void files(void)
{
	int pipes[2];
	char byte = 'q';
	union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr header; } control;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	struct pollfd polled;
	pipe(pipes);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &pipes[1], sizeof(int));
	told("send a file", sendmsg(sender, &message, MSG_OOB));
	close(pipes[1]);
	take(MSG_OOB);
	send(sender, "x", 1, 0);
	take(0);
	polled = (struct pollfd){ pipes[0], POLLIN, 0 };
	poll(&polled, 1, 5000);
	say("closed: %d\n", !!(polled.revents & POLLHUP));
}

static void others(void)
{
	int pair[2], mark = -1, on = 1;
	char byte;
	const int types[] = { SOCK_DGRAM, SOCK_SEQPACKET };
	for (int i = 0; i < 2; i++) {
		socketpair(AF_UNIX, types[i], 0, pair);
		told("send", send(pair[0], "x", 1, MSG_OOB));
		told("receive", recv(pair[1], &byte, 1, MSG_OOB | MSG_DONTWAIT));
		told("mark", ioctl(pair[1], SIOCATMARK, &mark));
	}
	pair[0] = socket(AF_UNIX, SOCK_STREAM, 0);
	told("send unconnected", send(pair[0], "x", 1, MSG_OOB | MSG_NOSIGNAL));
	told("receive unconnected", recv(pair[0], &byte, 1, MSG_OOB | MSG_DONTWAIT));
}

int main(void)
{
	int pair[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	sender = pair[0];
	receiver = pair[1];
	apart();
	in_line();
	owner();
	files();
	send(sender, "end", 3, MSG_OOB);
	close(sender);
	take(MSG_OOB);
	take(0);
	take(0);
	others();
	return 0;
}
