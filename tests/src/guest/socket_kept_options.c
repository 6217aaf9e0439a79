// Options that are kept and told, though they change little on a loopback.
#include "check.h"
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/socket.h>

static void keep(int fd, const char *what, int level, int option, int value)
{
	int got = -7;
	socklen_t length = sizeof got;
	if (setsockopt(fd, level, option, &value, sizeof value)) say("set %s: %s\n", what, strerror(errno));
	if (getsockopt(fd, level, option, &got, &length)) say("%s: %s\n", what, strerror(errno));
	else say("%s: %d in %d bytes\n", what, got, length);
}

static void name(int fd, const char *what, int level, int option, const char *value)
{
	char got[64] = "";
	socklen_t length = sizeof got;
	told(value, setsockopt(fd, level, option, value, strlen(value) + 1));
	if (getsockopt(fd, level, option, got, &length)) say("%s: %s\n", what, strerror(errno));
	else say("%s: \"%s\" in %d bytes\n", what, got, length);
}

#define KEEP(fd, level, option, value) keep(fd, #option, level, option, value)

int main(void)
{
	int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET6, SOCK_DGRAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0);
	name(tcp, "TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, "reno");
	name(tcp, "TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, "javix");
	name(tcp, "SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, "");
	name(tcp, "SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, "javix0");
	name(tcp, "SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, "lo");
	name(local, "SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, "lo");
	KEEP(tcp, SOL_SOCKET, SO_MAX_PACING_RATE, 100000);
	KEEP(tcp, SOL_SOCKET, SO_INCOMING_CPU, 1);
	KEEP(tcp, SOL_SOCKET, SO_BUSY_POLL, -1);
	KEEP(tcp, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 1000);
	KEEP(tcp, IPPROTO_TCP, TCP_SAVE_SYN, 1);
	KEEP(tcp, IPPROTO_TCP, TCP_SAVE_SYN, 3);
	KEEP(tcp, IPPROTO_TCP, TCP_THIN_DUPACK, 0);
	KEEP(tcp, IPPROTO_IP, IP_MINTTL, 7);
	KEEP(tcp, IPPROTO_IP, IP_MINTTL, 256);
	KEEP(udp, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
	KEEP(udp, IPPROTO_IPV6, IPV6_RECVRTHDR, 1);
	KEEP(udp, IPPROTO_IPV6, IPV6_AUTOFLOWLABEL, 0);
	KEEP(udp, IPPROTO_IPV6, IPV6_MINHOPCOUNT, 3);
	uint64_t one = 0, again = 0, other = 0;
	socklen_t length = sizeof one;
	told("SO_COOKIE", getsockopt(tcp, SOL_SOCKET, SO_COOKIE, &one, &length));
	getsockopt(tcp, SOL_SOCKET, SO_COOKIE, &again, &length);
	getsockopt(udp, SOL_SOCKET, SO_COOKIE, &other, &length);
	say("%s, %s, in %d bytes\n", one == again ? "the same" : "another", one == other ? "shared" : "its own", length);
	return 0;
}
