// Groups of UDP sockets on the loopback: joining, leaving, who hears what, and what is refused.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static struct sockaddr_in group = { AF_INET };
static struct in_addr loopback;

static int member(int joins)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	struct sockaddr_in any = { AF_INET, group.sin_port };
	if (bind(fd, (void *)&any, sizeof any)) say("bind: %s\n", strerror(errno));
	if (!group.sin_port) {
		socklen_t size = sizeof any;
		getsockname(fd, (void *)&any, &size);
		group.sin_port = any.sin_port;
	}
	struct ip_mreq request = { group.sin_addr, loopback };
	if (joins) told("join", setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request));
	return fd;
}

static void hears(const char *who, int fd)
{
	char text[20] = "";
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	long got = recvfrom(fd, text, sizeof text - 1, MSG_DONTWAIT, (void *)&from, &size);
	if (got < 0) say("%s hears nothing: %s\n", who, strerror(errno));
	else say("%s hears %s from %s\n", who, text, inet_ntoa(from.sin_addr));
}

static void send_to(int fd, const char *text)
{
	told("send", sendto(fd, text, strlen(text), 0, (void *)&group, sizeof group));
}

int main(void)
{
	inet_pton(AF_INET, "239.255.17.3", &group.sin_addr);
	loopback.s_addr = htonl(INADDR_LOOPBACK);
	int one = member(1), two = member(1), none = member(0);
	struct ip_mreq request = { group.sin_addr, loopback };
	told("join again", setsockopt(one, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request));
	told("leave without joining", setsockopt(none, IPPROTO_IP, IP_DROP_MEMBERSHIP, &request, sizeof request));
	struct ip_mreq wrong = { loopback, loopback };
	told("join what is no group", setsockopt(one, IPPROTO_IP, IP_ADD_MEMBERSHIP, &wrong, sizeof wrong));
	told("join with half of it", setsockopt(one, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, 4));

	int sender = socket(AF_INET, SOCK_DGRAM, 0), off = 0;
	told("from lo", setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback));
	struct in_addr got;
	socklen_t size = sizeof got;
	told("get", getsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &got, &size));
	say("%s, %d\n", inet_ntoa(got), size);
	struct in_addr nowhere;
	inet_pton(AF_INET, "192.0.2.7", &nowhere);
	told("from nowhere", setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF, &nowhere, sizeof nowhere));

	send_to(sender, "first");
	hears("one", one);
	hears("two", two);
	hears("none", none);
	told("only its own", setsockopt(none, IPPROTO_IP, 49, &off, sizeof off));
	told("two leaves", setsockopt(two, IPPROTO_IP, IP_DROP_MEMBERSHIP, &request, sizeof request));
	told("two only its own", setsockopt(two, IPPROTO_IP, 49, &off, sizeof off));
	send_to(sender, "second");
	hears("one", one);
	hears("two", two);
	hears("none", none);
	told("no loop", setsockopt(sender, IPPROTO_IP, IP_MULTICAST_LOOP, &off, sizeof off));
	send_to(sender, "third");
	hears("one", one);

	int on = 1;
	told("loop", setsockopt(sender, IPPROTO_IP, IP_MULTICAST_LOOP, &on, sizeof on));
	struct ip_mreq_source source = { group.sin_addr, loopback, nowhere };
	told("two joins for another sender", setsockopt(two, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &source, sizeof source));
	send_to(sender, "fourth");
	hears("one", one);
	hears("two", two);
	source.imr_sourceaddr = loopback;
	told("and for this", setsockopt(two, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &source, sizeof source));
	send_to(sender, "fifth");
	hears("two", two);

	int many = socket(AF_INET, SOCK_DGRAM, 0), count = 0;
	struct ip_mreq each = { group.sin_addr, loopback };
	do each.imr_multiaddr.s_addr += htonl(1), count++;
	while (!setsockopt(many, IPPROTO_IP, IP_ADD_MEMBERSHIP, &each, sizeof each) && count < 1000);
	say("group %d: %s\n", count, strerror(errno));
	struct sockaddr_in foreign = { AF_INET };
	foreign.sin_addr = nowhere;
	told("bind to nowhere", bind(socket(AF_INET, SOCK_DGRAM, 0), (void *)&foreign, sizeof foreign));
	int free_ = socket(AF_INET, SOCK_DGRAM, 0);
	told("IP_FREEBIND", setsockopt(free_, IPPROTO_IP, 15, &on, sizeof on));
	told("bind to nowhere with it", bind(free_, (void *)&foreign, sizeof foreign));
	told("bind to a group", bind(socket(AF_INET, SOCK_DGRAM, 0), (void *)&group, sizeof group));
	group.sin_port = 0;
	told("and a new port", bind(socket(AF_INET, SOCK_DGRAM, 0), (void *)&group, sizeof group));
	return 0;
}
