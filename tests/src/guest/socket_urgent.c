// Urgent data of TCP: apart and in line, its mark, and who is told of it.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int sender, receiver;
static volatile sig_atomic_t signals;

static void count(int signal) { signals++; }

static void connect_two(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&address, size);
	listen(listener, 1);
	getsockname(listener, (struct sockaddr *)&address, &size);
	sender = socket(AF_INET, SOCK_STREAM, 0);
	told("connect", connect(sender, (struct sockaddr *)&address, size));
	receiver = accept(listener, 0, 0);
	close(listener);
}

static void status(const char *when)
{
	int mark = -1, bytes = -1;
	struct pollfd polled = { receiver, POLLIN | POLLPRI, 0 };
	ioctl(receiver, SIOCATMARK, &mark);
	ioctl(receiver, FIONREAD, &bytes);
	poll(&polled, 1, 0);
	say("%s: mark %d, bytes %d, readable %d, urgent %d\n", when, mark, bytes, !!(polled.revents & POLLIN), !!(polled.revents & POLLPRI));
}

static void take(int flags)
{
	char text[20] = "";
	struct iovec part = { text, sizeof text - 1 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	long got = recvmsg(receiver, &message, flags | MSG_DONTWAIT);
	say("received %ld %s, flags %#x%s%s\n", got, text, got < 0 ? 0 : message.msg_flags, got < 0 ? ", " : "", got < 0 ? strerror(errno) : "");
}

static void wait_for_urgent(void)
{
	struct pollfd polled = { receiver, POLLPRI, 0 };
	told("poll", poll(&polled, 1, 5000));
}

static void apart(void)
{
	take(MSG_OOB);
	told("send", send(sender, "abc", 3, 0));
	told("send urgent", send(sender, "xyz", 3, MSG_OOB));
	told("send", send(sender, "def", 3, 0));
	wait_for_urgent();
	status("before");
	take(MSG_OOB | MSG_PEEK);
	take(MSG_OOB);
	take(MSG_OOB);
	status("taken");
	take(0);
	status("at the mark");
	take(MSG_PEEK);
	take(0);
	status("after");
	take(0);

	told("send urgent", send(sender, "1", 1, MSG_OOB));
	wait_for_urgent();
	status("alone");
	take(0);
	status("lost");
	take(MSG_OOB);

	told("send urgent", send(sender, "first", 5, MSG_OOB));
	wait_for_urgent();
	told("send urgent", send(sender, "second", 6, MSG_OOB));
	told("send", send(sender, "!", 1, 0));
	poll(0, 0, 50);
	take(MSG_OOB);
	take(MSG_WAITALL);
	take(0);
}

static void in_line(void)
{
	int on = 1;
	told("in line", setsockopt(receiver, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on));
	told("send", send(sender, "abc", 3, 0));
	told("send urgent", send(sender, "xyz", 3, MSG_OOB));
	told("send", send(sender, "def", 3, 0));
	wait_for_urgent();
	poll(0, 0, 50);
	status("before");
	take(MSG_OOB);
	take(0);
	status("at the mark");
	take(0);
	status("after");
}

static void owners(void)
{
	struct f_owner_ex owner = { -1, -1 };
	int number = -1;
	signal(SIGURG, count);
	told("nobody", fcntl(receiver, F_GETOWN));
	told("send urgent", send(sender, "u", 1, MSG_OOB));
	wait_for_urgent();
	say("signals %d\n", signals);
	told("F_SETOWN", fcntl(receiver, F_SETOWN, getpid()));
	say("owner is me: %d\n", fcntl(receiver, F_GETOWN) == getpid());
	told("send urgent", send(sender, "v", 1, MSG_OOB));
	for (int i = 0; i < 5000 && !signals; i++) poll(0, 0, 1);
	say("signals %d\n", signals);
	number = -getpgrp();
	told("SIOCSPGRP", ioctl(receiver, SIOCSPGRP, &number));
	told("F_GETOWN_EX", fcntl(receiver, F_GETOWN_EX, &owner));
	say("owner is my group: %d, %d\n", owner.type == F_OWNER_PGRP, owner.pid == getpgrp());
	number = 0;
	ioctl(receiver, FIOGETOWN, &number);
	say("owner is my group: %d\n", number == -getpgrp());
	told("send urgent", send(sender, "w", 1, MSG_OOB));
	for (int i = 0; i < 5000 && signals < 2; i++) poll(0, 0, 1);
	say("signals %d\n", signals);
	told("no such process", fcntl(receiver, F_SETOWN, 4000000));
	told("nobody", fcntl(receiver, F_SETOWN, 0));
	told("owner", fcntl(receiver, F_GETOWN));
}

int main(void)
{
	connect_two();
	apart();
	in_line();
	owners();
	shutdown(sender, SHUT_WR);
	told("send urgent after the end", send(sender, "x", 1, MSG_OOB | MSG_NOSIGNAL));
	return 0;
}
