// The loopback interface: its addresses, what ioctls and netlink tell of it, and what they refuse.
#include "check.h"
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// Linux's own headers of these are not everywhere.
struct address { uint16_t family, pad; uint32_t port, groups; };
struct header { uint32_t length; uint16_t type, flags; uint32_t sequence, port; };
struct link { uint8_t family, pad; uint16_t type; int32_t index; uint32_t flags, change; };
enum { NETLINK = 16, REQUEST = 1, ACK = 4, DUMP = 0x300, GETLINK = 18, SETLINK = 19, ERROR = 2, DONE = 3 };

static void addresses(void)
{
	struct ifaddrs *all, *each;
	told("getifaddrs", getifaddrs(&all));
	int four = 0, six = 0;
	char text[64];
	for (each = all; each; each = each->ifa_next) {
		if (strcmp(each->ifa_name, "lo") || !each->ifa_addr) continue;
		if (each->ifa_addr->sa_family == AF_INET && !four++) {
			say("address %s", inet_ntop(AF_INET, &((struct sockaddr_in *)each->ifa_addr)->sin_addr, text, sizeof text));
			say(" of %s\n", inet_ntop(AF_INET, &((struct sockaddr_in *)each->ifa_netmask)->sin_addr, text, sizeof text));
		}
		if (each->ifa_addr->sa_family == AF_INET6) six++;
		if (each->ifa_addr->sa_family == 17) say("flags %x\n", each->ifa_flags & (IFF_UP | IFF_LOOPBACK | IFF_RUNNING));
	}
	say("%d of IPv4%s\n", four, six > 1 ? ", several of IPv6" : "");
	freeifaddrs(all);
	char name[IF_NAMESIZE];
	unsigned index = if_nametoindex("lo");
	say("lo is %u, %s\n", index, if_indextoname(index, name));
	say("nothing is %u, %s\n", if_nametoindex("javix0"), if_indextoname(1234, name) ? name : strerror(errno));
	struct if_nameindex *names = if_nameindex();
	say("first %u %s\n", names->if_index, names->if_name);
	if_freenameindex(names);
}

static void requests(int family)
{
	say("requests of family %d\n", family);
	int fd = socket(family, SOCK_DGRAM, 0);
	struct ifreq request;
	memset(&request, 0, sizeof request);
	strcpy(request.ifr_name, "lo");
	told("index", ioctl(fd, SIOCGIFINDEX, &request));
	told("is", request.ifr_ifindex);
	told("flags", ioctl(fd, SIOCGIFFLAGS, &request));
	told("are", request.ifr_flags);
	told("mtu", ioctl(fd, SIOCGIFMTU, &request));
	told("is", request.ifr_mtu);
	told("hardware", ioctl(fd, SIOCGIFHWADDR, &request));
	told("is of kind", request.ifr_hwaddr.sa_family);
	int got = ioctl(fd, SIOCGIFADDR, &request);
	told("address", got);
	if (!got) say("is %s\n", inet_ntoa(((struct sockaddr_in *)&request.ifr_addr)->sin_addr));
	got = ioctl(fd, SIOCGIFNETMASK, &request);
	told("mask", got);
	if (!got) say("is %s\n", inet_ntoa(((struct sockaddr_in *)&request.ifr_netmask)->sin_addr));
	request.ifr_ifindex = 1;
	told("name", ioctl(fd, SIOCGIFNAME, &request));
	say("is %s\n", request.ifr_name);
	request.ifr_ifindex = 1234;
	told("name of nothing", ioctl(fd, SIOCGIFNAME, &request));
	strcpy(request.ifr_name, "javix0");
	told("flags of nothing", ioctl(fd, SIOCGIFFLAGS, &request));
	struct ifreq list[1];
	struct ifconf conf = { sizeof list };
	conf.ifc_req = list;
	told("list", ioctl(fd, SIOCGIFCONF, &conf));
	say("%zu, %s\n", conf.ifc_len / sizeof *list, list[0].ifr_name);
	close(fd);
}

// The type of the answer, and of an error what it says.
static void ask(int fd, const char *what, int type, int flags, int index)
{
	struct { struct header header; struct link link; } request = { { sizeof request, type, REQUEST | flags, 7, 0 } };
	request.link.index = index;
	struct address kernel = { NETLINK };
	told(what, sendto(fd, &request, sizeof request, 0, (void *)&kernel, sizeof kernel));
	union { struct header header; char bytes[16384]; } answer;
	int first = 1;
	do {
		struct address from;
		socklen_t size = sizeof from;
		int length = recvfrom(fd, &answer, sizeof answer, 0, (void *)&from, &size);
		if (length < (int)sizeof answer.header) { told("answer", length); return; }
		int error;
		memcpy(&error, answer.bytes + sizeof answer.header, sizeof error);
		if (first || answer.header.type == DONE) {
			say("type %d, sequence %d, from %d of %d", answer.header.type, answer.header.sequence, from.port, from.family);
			if (answer.header.type == ERROR) say(", %s", error ? strerror(-error) : "no error");
			if (answer.header.type == 16) say(", multi %d", answer.header.flags & 2);
			say("\n");
		}
		first = 0;
	} while (flags == DUMP && answer.header.type != DONE && answer.header.type != ERROR);
}

int main(void)
{
	addresses();
	requests(AF_INET);
	requests(AF_INET6);
	requests(AF_UNIX);
	say("netlink\n");
	int fd = socket(NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
	struct address own = { NETLINK };
	told("bind", bind(fd, (void *)&own, sizeof own));
	socklen_t size = sizeof own;
	told("getsockname", getsockname(fd, (void *)&own, &size));
	say("%d bytes, family %d, %s\n", size, own.family, own.port ? "a port" : "no port");
	told("bind again", bind(fd, (void *)&own, sizeof own));
	own.port++;
	told("bind to another", bind(fd, (void *)&own, sizeof own));
	ask(fd, "dump", GETLINK, DUMP, 0);
	ask(fd, "one", GETLINK, 0, 1);
	ask(fd, "none", GETLINK, 0, 1234);
	ask(fd, "nothing", 16 + 80 * 4 + 2, 0, 0);
	char byte;
	told("empty", recv(fd, &byte, 1, MSG_DONTWAIT));
	own.port = 77;
	told("other", sendto(fd, &byte, 1, 0, (void *)&own, sizeof own));
	own.family = AF_INET;
	told("family", sendto(fd, &byte, 1, 0, (void *)&own, sizeof own));
	told("listen", listen(fd, 1));
	told("stream", socket(NETLINK, SOCK_STREAM, 0));
	told("protocol", socket(NETLINK, SOCK_RAW, 99));
	return 0;
}
