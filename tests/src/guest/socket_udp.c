// UDP on the loopback: names, senders, connected sockets, refusal, truncation, broadcast.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static char buffer[70000];

static void result(const char *what, long value)
{
	if (value < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, value);
}

static struct sockaddr_in at(unsigned address, int port)
{
	struct sockaddr_in to = { AF_INET, htons(port) };
	to.sin_addr.s_addr = htonl(address);
	return to;
}

static int port_of(int fd)
{
	struct sockaddr_in name;
	socklen_t length = sizeof name;
	getsockname(fd, (void *)&name, &length);
	return ntohs(name.sin_port);
}

static void receive(const char *what, int fd, int size, int flags)
{
	struct sockaddr_in from;
	socklen_t length = sizeof from;
	int waiting = -1;
	ioctl(fd, FIONREAD, &waiting);
	long count = recvfrom(fd, buffer, size, flags | MSG_DONTWAIT, (void *)&from, &length);
	if (count < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld of %d from %s, %s\n", what, count, waiting, inet_ntoa(from.sin_addr), from.sin_port ? "a port" : "no port");
}

int main(void)
{
	int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0);
	signal(SIGPIPE, SIG_IGN);
	struct pollfd p = { client, POLLIN | POLLOUT };
	poll(&p, 1, 0);
	say("fresh %x\n", p.revents);
	result("nowhere", send(client, "x", 1, 0));
	result("peer", getpeername(client, (void *)buffer, &(socklen_t){ 16 }));
	struct sockaddr_in to = at(INADDR_ANY, 0);
	result("bind", bind(server, (void *)&to, sizeof to));
	result("listen", listen(server, 1));
	result("accept", accept(server, 0, 0));
	int port = port_of(server);
	say("a port by then %d\n", port_of(client) > 0);
	to = at(INADDR_LOOPBACK, port);
	result("sendto", sendto(client, "hello", 5, 0, (void *)&to, sizeof to));
	say("a port now %d\n", port_of(client) > 0);
	result("sendto", sendto(client, "", 0, 0, (void *)&to, sizeof to));
	result("sendto", sendto(client, "third message", 13, 0, (void *)&to, sizeof to));
	receive("peek", server, 10, MSG_PEEK);
	receive("recv", server, 10, 0);
	receive("empty", server, 10, 0);
	receive("cut off", server, 5, MSG_TRUNC);
	receive("nothing", server, 5, 0);

	say("the way back\n");
	sendto(client, "x", 1, 0, (void *)&to, sizeof to);
	struct sockaddr_in from;
	socklen_t length = sizeof from;
	recvfrom(server, buffer, 10, 0, (void *)&from, &length);
	result("reply", sendto(server, "reply", 5, 0, (void *)&from, length));
	receive("recv", client, 10, 0);

	say("connected\n");
	result("connect", connect(client, (void *)&to, sizeof to));
	result("send", send(client, "one", 3, 0));
	receive("recv", server, 10, 0);
	int stranger = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in back = at(INADDR_LOOPBACK, port_of(client));
	result("from a stranger", sendto(stranger, "x", 1, 0, (void *)&back, sizeof back));
	receive("not received", client, 10, 0);
	result("from the peer", sendto(server, "y", 1, 0, (void *)&back, sizeof back));
	receive("received", client, 10, 0);
	struct sockaddr none = { .sa_family = AF_UNSPEC };
	result("disconnect", connect(client, &none, sizeof none));
	result("send", send(client, "x", 1, 0));

	say("refused\n");
	close(server);
	result("unconnected", sendto(client, "x", 1, 0, (void *)&to, sizeof to));
	result("again", sendto(client, "x", 1, 0, (void *)&to, sizeof to));
	connect(client, (void *)&to, sizeof to);
	result("connected", send(client, "x", 1, 0));
	result("again", send(client, "x", 1, 0));
	result("send", send(client, "x", 1, 0));
	receive("recv", client, 10, 0);
	receive("recv", client, 10, 0);

	say("limits\n");
	server = socket(AF_INET, SOCK_DGRAM, 0);
	bind(server, (void *)&to, sizeof to);
	result("the longest", send(client, buffer, 65507, 0));
	result("longer", send(client, buffer, 65508, 0));
	receive("recv", server, sizeof buffer, 0);
	to = at(INADDR_LOOPBACK, 0);
	result("port 0", sendto(stranger, "x", 1, 0, (void *)&to, sizeof to));
	to = at(INADDR_BROADCAST, 9);
	result("broadcast", sendto(stranger, "x", 1, 0, (void *)&to, sizeof to));
	result("too short", sendto(stranger, "x", 1, 0, (void *)&to, 8));
	to.sin_family = AF_UNIX;
	result("another family", sendto(stranger, "x", 1, 0, (void *)&to, sizeof to));
	result("shutdown", shutdown(stranger, SHUT_WR));
	result("shutdown", shutdown(client, SHUT_WR));
	result("send", send(client, "x", 1, 0));

	say("sockets there are not\n");
	result("protocol", socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
	result("protocol", socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
	result("packets", socket(AF_INET, SOCK_SEQPACKET, 0));
	result("pair", socketpair(AF_INET, SOCK_STREAM, 0, (int[2]){ 0, 0 }));
	result("named protocol", socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) > 0);
	return 0;
}
