// Connections of which one direction, both, or an end is closed: what poll tells at both ends, reads, writes, errors.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

static const short all = POLLIN | POLLOUT | POLLRDHUP | POLLPRI | POLLRDNORM | POLLRDBAND | POLLWRNORM | POLLWRBAND;

static void connect_two(int ends[2], int type)
{
	if (type) {
		socketpair(AF_UNIX, type, 0, ends);
		return;
	}
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&address, size);
	listen(listener, 1);
	getsockname(listener, (struct sockaddr *)&address, &size);
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	connect(ends[0], (struct sockaddr *)&address, size);
	ends[1] = accept(listener, 0, 0);
	close(listener);
}

static int events_of(int end, short asked)
{
	struct pollfd polled = { end, asked, 0 };
	poll(&polled, 1, 0);
	return polled.revents;
}

static void show(const char *when, int ends[2])
{
	say("%s: %x %x, %x %x\n", when, events_of(ends[0], all), events_of(ends[0], 0), events_of(ends[1], all), events_of(ends[1], 0));
}

static void exchange(int ends[2])
{
	char bytes[10];
	for (int i = 0; i < 2; i++) {
		told("write", send(ends[i], "ab", 2, MSG_DONTWAIT | MSG_NOSIGNAL));
		/* What crosses a network may take a moment. */
		poll(0, 0, 5);
	}
	for (int i = 0; i < 2; i++) told("read", recv(ends[i], bytes, sizeof bytes, MSG_DONTWAIT));
}

static void local(int type, int how)
{
	int ends[2];
	connect_two(ends, type);
	show("new", ends);
	exchange(ends);
	if (how <= SHUT_RDWR) told("shutdown", shutdown(ends[0], how));
	else {
		told("close", close(ends[0]));
		ends[0] = -1;
	}
	show("after", ends);
	if (ends[0] >= 0) {
		exchange(ends);
		show("used", ends);
		told("shutdown", shutdown(ends[0], SHUT_RDWR));
	}
	told("write", send(ends[1], "ab", 2, MSG_DONTWAIT | MSG_NOSIGNAL));
	told("shutdown", shutdown(ends[1], SHUT_RDWR));
	show("end", ends);
	close(ends[0]);
	close(ends[1]);
}

static void await(int end, short event)
{
	struct pollfd polled = { end, event, 0 };
	poll(&polled, 1, 5000);
}

static void error_of(int end)
{
	int error = -1;
	socklen_t size = sizeof error;
	getsockopt(end, SOL_SOCKET, SO_ERROR, &error, &size);
	say("error %d\n", error);
}

static void ended_by_both(void)
{
	int ends[2];
	struct sockaddr_in address;
	socklen_t size = sizeof address;
	connect_two(ends, 0);
	show("new", ends);
	told("one", shutdown(ends[0], SHUT_WR));
	await(ends[1], POLLRDHUP);
	show("one", ends);
	told("write", write(ends[1], "ab", 2));
	await(ends[0], POLLIN);
	told("other", shutdown(ends[1], SHUT_WR));
	await(ends[0], POLLRDHUP);
	await(ends[1], POLLHUP);
	show("both", ends);
	told("again", shutdown(ends[0], SHUT_RDWR));
	told("again", shutdown(ends[1], SHUT_RDWR));
	told("peer", getpeername(ends[0], (struct sockaddr *)&address, &size));
	exchange(ends);
	close(ends[0]);
	close(ends[1]);
}

/* Who closes both directions takes what still comes for an error, and so does who sent it. */
static void refused(void)
{
	int ends[2];
	char byte;
	connect_two(ends, 0);
	told("shutdown", shutdown(ends[0], SHUT_RDWR));
	await(ends[1], POLLRDHUP);
	show("closed both", ends);
	told("write", write(ends[1], "ab", 2));
	await(ends[0], POLLERR);
	await(ends[1], POLLERR);
	show("written", ends);
	error_of(ends[0]);
	told("read", read(ends[0], &byte, 1));
	told("write", send(ends[1], "ab", 2, MSG_NOSIGNAL));
	told("read", read(ends[1], &byte, 1));
	told("shutdown", shutdown(ends[0], SHUT_RDWR));
	told("shutdown", shutdown(ends[1], SHUT_RDWR));
	show("end", ends);
}

int main(void)
{
	const int types[] = { SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM };
	for (int type = 0; type < 3; type++)
		for (int how = SHUT_RD; how <= SHUT_RDWR + 1; how++) {
			say("-- type %d, %d\n", types[type], how);
			local(types[type], how);
		}
	ended_by_both();
	refused();
	return 0;
}
