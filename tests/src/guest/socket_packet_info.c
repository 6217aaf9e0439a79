// What a receiver of datagrams is told beside them when it asks: where they were sent, hops, classes and times.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>


static void receive(int fd, size_t room)
{
	char byte;
	union { char bytes[256]; struct cmsghdr align; } control;
	struct iovec piece = { &byte, 1 };
	struct msghdr message = { 0 };
	message.msg_iov = &piece;
	message.msg_iovlen = 1;
	message.msg_control = control.bytes;
	message.msg_controllen = room;
	say("received %zd", recvmsg(fd, &message, 0));
	say("%s\n", message.msg_flags & MSG_CTRUNC ? ", control data was cut" : "");
	for (struct cmsghdr *each = CMSG_FIRSTHDR(&message); each; each = CMSG_NXTHDR(&message, each)) {
		char text[64];
		int number = 0;
		size_t length = each->cmsg_len - CMSG_LEN(0);
		if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SCM_TIMESTAMP) {
			struct timeval then;
			memcpy(&then, CMSG_DATA(each), sizeof then);
			say("a time, %s\n", llabs((long long)(time(0) - then.tv_sec)) < 600 ? "of now" : "of another day");
		} else if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SCM_TIMESTAMPNS) {
			struct timespec then;
			memcpy(&then, CMSG_DATA(each), sizeof then);
			say("an exact time, %s\n", llabs((long long)(time(0) - then.tv_sec)) < 600 ? "of now" : "of another day");
		} else if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
			struct in_pktinfo info;
			memcpy(&info, CMSG_DATA(each), sizeof info);
			say("interface %d, local %s", info.ipi_ifindex, inet_ntop(AF_INET, &info.ipi_spec_dst, text, sizeof text));
			say(", to %s\n", inet_ntop(AF_INET, &info.ipi_addr, text, sizeof text));
		} else if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO && length == sizeof(struct in6_pktinfo)) {
			struct in6_pktinfo info;
			memcpy(&info, CMSG_DATA(each), sizeof info);
			say("interface %u, to %s\n", info.ipi6_ifindex, inet_ntop(AF_INET6, &info.ipi6_addr, text, sizeof text));
		} else {
			memcpy(&number, CMSG_DATA(each), length < sizeof number ? length : sizeof number);
			// Who sends has another number each time.
			if (each->cmsg_level == SOL_SOCKET) number = 0;
			say("level %d, type %d, %zu bytes, %d\n", each->cmsg_level, each->cmsg_type, length, number);
		}
	}
}

static void set(int fd, int level, int option, int value)
{
	if (setsockopt(fd, level, option, &value, sizeof value)) say("option %d of %d: %s\n", option, level, strerror(errno));
}

int main(void)
{
	int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in any = { AF_INET };
	socklen_t size = sizeof any;
	bind(receiver, (void *)&any, sizeof any);
	getsockname(receiver, (void *)&any, &size);
	any.sin_addr.s_addr = htonl(0x7f000203);
	sendto(sender, "a", 1, 0, (void *)&any, sizeof any);
	receive(receiver, 256);
	set(receiver, IPPROTO_IP, IP_PKTINFO, 1);
	set(receiver, IPPROTO_IP, IP_RECVTTL, 1);
	set(receiver, IPPROTO_IP, IP_RECVTOS, 1);
	set(receiver, SOL_SOCKET, SO_TIMESTAMP, 1);
	set(sender, IPPROTO_IP, IP_TTL, 17);
	set(sender, IPPROTO_IP, IP_TOS, 0x10);
	sendto(sender, "b", 1, 0, (void *)&any, sizeof any);
	receive(receiver, 256);
	sendto(sender, "c", 1, 0, (void *)&any, sizeof any);
	receive(receiver, 0);

	int receiver6 = socket(AF_INET6, SOCK_DGRAM, 0), sender6 = socket(AF_INET6, SOCK_DGRAM, 0);
	struct sockaddr_in6 any6 = { AF_INET6 };
	size = sizeof any6;
	bind(receiver6, (void *)&any6, sizeof any6);
	getsockname(receiver6, (void *)&any6, &size);
	inet_pton(AF_INET6, "::1", &any6.sin6_addr);
	set(receiver6, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
	set(receiver6, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
	set(receiver6, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
	set(receiver6, SOL_SOCKET, SO_TIMESTAMPNS, 1);
	sendto(sender6, "d", 1, 0, (void *)&any6, sizeof any6);
	receive(receiver6, 256);
	set(sender6, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 3);
	set(sender6, IPPROTO_IPV6, IPV6_TCLASS, 5);
	set(receiver6, SOL_SOCKET, SO_TIMESTAMPNS, 0);
	set(receiver6, IPPROTO_IPV6, IPV6_RECVPKTINFO, 0);
	sendto(sender6, "e", 1, 0, (void *)&any6, sizeof any6);
	receive(receiver6, CMSG_SPACE(sizeof(int)) + CMSG_LEN(2));

	int pair[2];
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	set(pair[1], SOL_SOCKET, SO_PASSCRED, 1);
	write(pair[0], "f", 1);
	receive(pair[1], CMSG_LEN(2));
	return 0;
}
