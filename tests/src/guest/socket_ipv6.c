// IPv6 on the loopback, and IPv4 seen through it.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void result(const char *what, long value)
{
	if (value < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %s\n", what, value ? "positive" : "0");
}

static void name(const char *what, int error, struct sockaddr_in6 *address)
{
	char text[64];
	if (error) say("%s: %s\n", what, strerror(errno));
	else say("%s: family %d, %s, %s\n", what, address->sin6_family, inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof text), address->sin6_port ? "a port" : "no port");
}

int main(void)
{
	struct sockaddr_in6 any = { AF_INET6 }, loopback = { AF_INET6 }, own, peer;
	loopback.sin6_addr = in6addr_loopback;
	socklen_t length = sizeof own;
	for (int only = 0; only < 2; only++) {
		say("IPV6_V6ONLY %d\n", only);
		int listener = socket(AF_INET6, SOCK_STREAM, 0);
		int value = -1;
		length = sizeof value;
		getsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &value, &length);
		say("at first %d\n", value);
		result("set", setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only));
		result("bind", bind(listener, (void *)&any, sizeof any));
		result("set when bound", setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only));
		result("listen", listen(listener, 5));
		length = sizeof own;
		int error = getsockname(listener, (void *)&own, &length);
		name("listener", error, &own);

		int client = socket(AF_INET6, SOCK_STREAM, 0);
		loopback.sin6_port = own.sin6_port;
		result("connect", connect(client, (void *)&loopback, sizeof loopback));
		length = sizeof peer;
		int end = accept(listener, (void *)&peer, &length);
		name("accepted", end < 0, &peer);
		say("%d bytes\n", length);
		write(client, "x", 1);
		char byte;
		result("read", read(end, &byte, 1));

		int old = socket(AF_INET, SOCK_STREAM, 0);
		struct sockaddr_in four = { AF_INET, own.sin6_port };
		four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		result("connect by IPv4", connect(old, (void *)&four, sizeof four));
		if (!only) {
			length = sizeof peer;
			end = accept(listener, (void *)&peer, &length);
			name("accepted", end < 0, &peer);
			length = sizeof own;
			error = getsockname(end, (void *)&own, &length);
			name("own", error, &own);
		}
		struct sockaddr_in6 mapped = { AF_INET6, own.sin6_port };
		inet_pton(AF_INET6, "::ffff:127.0.0.1", &mapped.sin6_addr);
		result("connect mapped", connect(socket(AF_INET6, SOCK_STREAM, 0), (void *)&mapped, sizeof mapped));
		int other = socket(AF_INET, SOCK_STREAM, 0);
		four.sin_addr.s_addr = INADDR_ANY;
		result("bind the port by IPv4", bind(other, (void *)&four, sizeof four));
	}
	say("datagrams\n");
	int server = socket(AF_INET6, SOCK_DGRAM, 0);
	bind(server, (void *)&any, sizeof any);
	length = sizeof own;
	getsockname(server, (void *)&own, &length);
	int old = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in four = { AF_INET, own.sin6_port };
	four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	result("send by IPv4", sendto(old, "four", 4, 0, (void *)&four, sizeof four));
	char buffer[10];
	length = sizeof peer;
	result("recvfrom", recvfrom(server, buffer, sizeof buffer, 0, (void *)&peer, &length));
	name("from", 0, &peer);
	result("back", sendto(server, "back", 4, 0, (void *)&peer, length));
	result("recv", recv(old, buffer, sizeof buffer, 0));
	loopback.sin6_port = own.sin6_port;
	result("to myself", sendto(server, "six", 3, 0, (void *)&loopback, sizeof loopback));
	length = 10;
	result("recvfrom", recvfrom(server, buffer, sizeof buffer, 0, (void *)&peer, &length));
	say("%d bytes\n", length);
	result("too short", bind(socket(AF_INET6, SOCK_STREAM, 0), (void *)&any, 16));
	return 0;
}
