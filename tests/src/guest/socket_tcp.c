// TCP on the loopback: names and ports, connecting at once and later, refusal, ends, resets, options, readiness.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

static char buffer[70000];
static int signals;

static void caught(int number) { signals++; }

static void result(const char *what, long value)
{
	if (value < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, value);
}

static void done(const char *what, long value)
{
	result(what, value > 0 ? 1 : value);
}

static struct sockaddr_in at(unsigned address, int port)
{
	struct sockaddr_in to = { AF_INET, htons(port) };
	to.sin_addr.s_addr = htonl(address);
	return to;
}

static int tcp(int flags) { return socket(AF_INET, SOCK_STREAM | flags, 0); }

static int port_of(int fd)
{
	struct sockaddr_in name;
	socklen_t length = sizeof name;
	getsockname(fd, (void *)&name, &length);
	return ntohs(name.sin_port);
}

static void show(const char *what, int error, struct sockaddr_in *name, socklen_t length)
{
	if (error) say("%s: %s\n", what, strerror(errno));
	else say("%s: %s, %s, %d bytes\n", what, inet_ntoa(name->sin_addr), name->sin_port ? "a port" : "no port", length);
}

/* Until the other end's doings have arrived. */
static void await(int fd, int events)
{
	struct pollfd p = { fd, events };
	poll(&p, 1, -1);
}

static void names(int fd)
{
	struct sockaddr_in name;
	socklen_t length = sizeof name;
	int error = getsockname(fd, (void *)&name, &length);
	show("  own", error, &name, length);
	length = sizeof name;
	error = getpeername(fd, (void *)&name, &length);
	show("  peer", error, &name, length);
}

static void look(const char *what, int fd)
{
	struct pollfd p = { fd, POLLIN | POLLOUT | POLLPRI | POLLRDHUP };
	poll(&p, 1, 0);
	say("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
		p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "", p.revents & POLLERR ? " error" : "");
}

static int error_of(int fd)
{
	int error = -1;
	socklen_t length = sizeof error;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
	return error;
}

static int listener, port;

static void pair(int s[2])
{
	struct sockaddr_in to = at(INADDR_LOOPBACK, port);
	s[0] = tcp(0);
	if (connect(s[0], (void *)&to, sizeof to)) say("connect: %s\n", strerror(errno));
	s[1] = accept(listener, 0, 0);
}

int main(void)
{
	int s[2], n;
	on_signal(SIGPIPE, caught, 0);

	say("names\n");
	listener = tcp(0);
	look("fresh", listener);
	names(listener);
	struct sockaddr_in to = at(INADDR_ANY, 0);
	result("bind", bind(listener, (void *)&to, sizeof to));
	names(listener);
	result("again", bind(listener, (void *)&to, sizeof to));
	result("accept", accept(listener, 0, 0));
	result("listen", listen(listener, 5));
	look("listening", listener);
	port = port_of(listener);
	say("ephemeral %d\n", port >= 32768);
	int client = tcp(0);
	to = at(INADDR_LOOPBACK, port);
	result("connect", connect(client, (void *)&to, sizeof to));
	names(client);
	look("pending", listener);
	struct sockaddr_in from;
	socklen_t length = sizeof from;
	int end = accept4(listener, (void *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
	show("accepted", 0, &from, length);
	names(end);
	say("same ports %d %d, flags %d %d\n", ntohs(from.sin_port) == port_of(client), port_of(end) == port,
		fcntl(end, F_GETFL) & O_NONBLOCK, fcntl(end, F_GETFD));
	result("connect again", connect(client, (void *)&to, sizeof to));
	result("connect a listener", connect(listener, (void *)&to, sizeof to));

	say("data\n");
	look("connected", client);
	result("nothing", read(end, buffer, 10));
	result("send", send(client, "hello", 5, 0));
	look("something", end);
	length = sizeof from;
	result("recvfrom", recvfrom(end, buffer, 10, MSG_PEEK, (void *)&from, &length));
	say("%d bytes of address\n", length);
	result("read", read(end, buffer, 2));
	result("rest", recv(end, buffer, 10, 0));
	result("with an address", sendto(client, "x", 1, 0, (void *)&to, sizeof to));
	result("recv", recv(end, buffer, 10, 0));
	result("urgent", recv(end, buffer, 10, MSG_OOB));

	say("half\n");
	result("shutdown", shutdown(client, SHUT_WR));
	look("this end", client);
	look("other end", end);
	result("end", read(end, buffer, 10));
	result("write", write(end, "back", 4));
	result("read", read(client, buffer, 10));
	result("send", send(client, "x", 1, MSG_NOSIGNAL));
	close(end);
	look("closed", client);
	result("end", read(client, buffer, 10));
	close(client);

	say("writing to a closed end\n");
	pair(s);
	close(s[1]);
	await(s[0], POLLRDHUP);
	look("closed", s[0]);
	result("first", write(s[0], "x", 1));
	await(s[0], 0);
	look("reset", s[0]);
	result("second", write(s[0], "x", 1));
	say("signals %d\n", signals);
	result("read", read(s[0], buffer, 1));
	close(s[0]);

	say("closed with something unread\n");
	pair(s);
	write(s[0], "unread", 6);
	write(s[1], "sent", 4);
	await(s[0], POLLIN);
	await(s[1], POLLIN);
	close(s[1]);
	await(s[0], 0);
	look("reset", s[0]);
	result("read", read(s[0], buffer, 10));
	result("read", read(s[0], buffer, 10));
	result("write", send(s[0], "x", 1, MSG_NOSIGNAL));
	close(s[0]);

	say("cut off\n");
	pair(s);
	struct linger cut = { 1, 0 };
	setsockopt(s[1], SOL_SOCKET, SO_LINGER, &cut, sizeof cut);
	close(s[1]);
	await(s[0], 0);
	say("error %d\n", error_of(s[0]) == ECONNRESET);
	result("read", read(s[0], buffer, 10));
	close(s[0]);

	say("refused\n");
	int free_port = 0;
	{
		int other = tcp(0);
		to = at(INADDR_LOOPBACK, 0);
		bind(other, (void *)&to, sizeof to);
		free_port = port_of(other);
		close(other);
	}
	client = tcp(0);
	to = at(INADDR_LOOPBACK, free_port);
	result("connect", connect(client, (void *)&to, sizeof to));
	result("again", connect(client, (void *)&to, sizeof to));
	close(client);
	client = tcp(SOCK_NONBLOCK);
	result("without waiting", connect(client, (void *)&to, sizeof to));
	struct pollfd p = { client, POLLOUT };
	poll(&p, 1, -1);
	look("failed", client);
	say("error %d\n", error_of(client) == ECONNREFUSED);
	say("error %d\n", error_of(client));
	close(client);

	say("without waiting\n");
	client = tcp(SOCK_NONBLOCK);
	to = at(INADDR_LOOPBACK, port);
	result("connect", connect(client, (void *)&to, sizeof to));
	p.fd = client;
	result("poll", poll(&p, 1, -1));
	say("error %d\n", error_of(client));
	result("connect", connect(client, (void *)&to, sizeof to));
	result("connect", connect(client, (void *)&to, sizeof to));
	close(client);
	close(accept(listener, 0, 0));

	say("not connected\n");
	client = tcp(0);
	result("recv", recv(client, buffer, 1, 0));
	result("send", send(client, "x", 1, MSG_NOSIGNAL));
	result("shutdown", shutdown(client, SHUT_RDWR));
	struct sockaddr_un { short family; char path[30]; } other = { AF_UNIX, "x" };
	result("another family", connect(client, (void *)&other, sizeof other));
	result("another family", bind(client, (void *)&other, sizeof other));
	result("too short", connect(client, (void *)&to, 8));
	result("too short", bind(client, (void *)&to, 8));
	to = at(0x08080808, 0);
	result("not our address", bind(client, (void *)&to, sizeof to));

	say("ports\n");
	int one = tcp(0), two = tcp(0);
	to = at(INADDR_LOOPBACK, 0);
	bind(one, (void *)&to, sizeof to);
	to = at(INADDR_LOOPBACK, port_of(one));
	result("in use", bind(two, (void *)&to, sizeof to));
	struct sockaddr_in any = at(INADDR_ANY, port_of(one));
	result("any address", bind(two, (void *)&any, sizeof any));
	struct sockaddr_in neighbour = at(INADDR_LOOPBACK + 1, port_of(one));
	result("another address", bind(two, (void *)&neighbour, sizeof neighbour));
	close(two);
	two = tcp(0);
	n = 1;
	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &n, sizeof n);
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &n, sizeof n);
	result("reused", bind(two, (void *)&to, sizeof to));
	result("listen", listen(one, 1));
	result("both", listen(two, 1));
	close(two);
	two = tcp(0);
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &n, sizeof n);
	result("of a listener", bind(two, (void *)&to, sizeof to));
	close(one);
	close(two);
	one = tcp(0);
	two = tcp(0);
	setsockopt(one, SOL_SOCKET, SO_REUSEPORT, &n, sizeof n);
	setsockopt(two, SOL_SOCKET, SO_REUSEPORT, &n, sizeof n);
	to = at(INADDR_LOOPBACK, 0);
	bind(one, (void *)&to, sizeof to);
	to = at(INADDR_LOOPBACK, port_of(one));
	result("shared", bind(two, (void *)&to, sizeof to));
	result("listen", listen(one, 1));
	result("both", listen(two, 1));
	if (fork() == 0) {
		setuid(1234);
		int three = tcp(0);
		to = at(INADDR_LOOPBACK, 80);
		result("privileged", bind(three, (void *)&to, sizeof to));
		_exit(0);
	}
	wait(NULL);

	say("options\n");
	struct { const char *name; int level, option, value; } options[] = {
		{ "TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, 1 }, { "TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, 100 },
		{ "TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, 10 }, { "TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, 200 },
		{ "TCP_CORK", IPPROTO_TCP, TCP_CORK, 1 }, { "TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, 500 },
		{ "IP_TOS", IPPROTO_IP, IP_TOS, 16 }, { "IP_TTL", IPPROTO_IP, IP_TTL, 10 }, { "IP_TTL", IPPROTO_IP, IP_TTL, 300 },
		{ "SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, 1 }, { "SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE, 1 },
		{ "SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, 20000 }, { "SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, 20000 },
		{ "SO_TYPE", SOL_SOCKET, SO_TYPE, 1 }, { "SO_DOMAIN", SOL_SOCKET, SO_DOMAIN, 1 }, { "SO_PROTOCOL", SOL_SOCKET, SO_PROTOCOL, 1 },
		{ "unknown", IPPROTO_TCP, 99, 1 }, { "of IPv6", 41, 26, 1 }, { "of nothing", 77, 1, 1 } };
	for (int i = 0; i < sizeof options / sizeof *options; i++) {
		int value = -1;
		length = sizeof value;
		int before = getsockopt(client, options[i].level, options[i].option, &value, &length);
		say("%s: %d %d,", options[i].name, before ? errno : 0, before ? 0 : value);
		int set = setsockopt(client, options[i].level, options[i].option, &options[i].value, sizeof value);
		say(" %d,", set ? errno : 0);
		length = sizeof value;
		before = getsockopt(client, options[i].level, options[i].option, &value, &length);
		say(" %d %d\n", before ? errno : 0, before ? 0 : value);
	}

	say("much\n");
	pair(s);
	pid_t child = fork();
	if (child == 0) {
		close(s[1]);
		memset(buffer, 'x', sizeof buffer);
		for (int i = 0; i < 50; i++)
			if (write(s[0], buffer, sizeof buffer) != sizeof buffer) _exit(1);
		_exit(0);
	}
	close(s[0]);
	long total = 0, count;
	while ((count = read(s[1], buffer, 5555)) > 0) total += count;
	say("total %ld\n", total);
	reap("child", child);
	result("listener shut down", shutdown(listener, SHUT_RDWR));
	result("accept", accept(listener, 0, 0));
	return 0;
}
