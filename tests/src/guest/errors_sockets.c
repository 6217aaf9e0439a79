/* Calls on sockets, with arguments that are wrong. */
#include "errors.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/un.h>

static char buffer[100], large[10000000];

static struct sockaddr_un unix_address(const char *path)
{
	struct sockaddr_un address = { AF_UNIX };
	strcpy(address.sun_path, path);
	return address;
}

#define ADDRESS(a) (struct sockaddr *)&(a), sizeof (a)

static void making(void)
{
	int pair[2];
	TRY(socket(99, SOCK_STREAM, 0));
	TRY(socket(-1, SOCK_STREAM, 0));
	TRY(socket(AF_UNIX, 99, 0));
	TRY(socket(AF_UNIX, SOCK_STREAM, 99));
	TRY(socket(AF_UNIX, SOCK_RAW, 0));
	TRY(socket(AF_UNIX, SOCK_STREAM | 0x100000, 0));
	TRY(socket(AF_INET, SOCK_SEQPACKET, 0));
	TRY(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
	TRY(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
	TRY(socket(AF_INET, SOCK_STREAM, 999));
	TRY(socket(AF_INET, 0, 0));
	TRY(socketpair(AF_INET, SOCK_STREAM, 0, pair));
	TRY(socketpair(99, SOCK_STREAM, 0, pair));
	TRY(socketpair(AF_UNIX, 99, 0, pair));
	TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, BAD));
}

static void naming(int file)
{
	struct sockaddr_un here = unix_address("socket"), taken = unix_address("file"), nowhere = unix_address("missing/x");
	struct sockaddr_un below = unix_address("file/x"), empty = unix_address("");
	struct sockaddr_in any = { AF_INET }, foreign = { AF_INET, 0, { htonl(0x08080808) } };
	struct sockaddr_in6 six = { AF_INET6 };
	struct sockaddr_storage got;
	socklen_t length = -1, none = 0;
	int stream = socket(AF_UNIX, SOCK_STREAM, 0), other = socket(AF_UNIX, SOCK_STREAM, 0);
	int tcp = socket(AF_INET, SOCK_STREAM, 0), second = socket(AF_INET, SOCK_STREAM, 0), datagram = socket(AF_UNIX, SOCK_DGRAM, 0);
	int udp = socket(AF_INET, SOCK_DGRAM, 0);
	TRY(bind(CLOSED, ADDRESS(here)));
	TRY(bind(file, ADDRESS(here)));
	TRY(bind(stream, BAD, sizeof here));
	TRY(bind(stream, (void *)&here, 1));
	TRY(bind(stream, (void *)&here, sizeof here + 1));
	TRY(bind(stream, (void *)&here, -1));
	TRY(bind(stream, ADDRESS(any)));
	TRY(bind(stream, ADDRESS(taken)));
	TRY(bind(stream, ADDRESS(nowhere)));
	TRY(bind(stream, ADDRESS(below)));
	TRY(listen(stream, 1));
	TRY(bind(stream, ADDRESS(here)));
	TRY(bind(stream, ADDRESS(here)));
	TRY(bind(other, ADDRESS(here)));
	TRY(connect(other, ADDRESS(here)));
	TRY(connect(other, ADDRESS(taken)));
	TRY(connect(other, ADDRESS(nowhere)));
	TRY(connect(other, ADDRESS(empty)));
	TRY(connect(other, ADDRESS(any)));
	TRY(connect(other, (void *)&here, 1));
	TRY(connect(CLOSED, ADDRESS(here)));
	TRY(connect(file, ADDRESS(here)));
	TRY(connect(datagram, ADDRESS(here)));
	TRY(accept(other, 0, 0));
	TRY(accept(datagram, 0, 0));
	TRY(accept(CLOSED, 0, 0));
	TRY(accept(file, 0, 0));
	TRY(accept4(stream, 0, 0, 0x100));
	TRY(listen(stream, 1));
	TRY(bind(stream, ADDRESS(here)));
	TRY(listen(CLOSED, 1));
	TRY(listen(file, 1));
	TRY(listen(datagram, 1));
	TRY(listen(udp, 1));
	TRY(connect(stream, ADDRESS(here)));
	TRY(connect(other, ADDRESS(here)));
	TRY(connect(other, ADDRESS(here)));
	TRY(listen(other, 1));
	TRY(bind(other, ADDRESS(nowhere)));
	TRY(bind(tcp, (void *)&any, 4));
	TRY(bind(tcp, ADDRESS(foreign)));
	TRY(bind(tcp, ADDRESS(six)));
	TRY(bind(tcp, ADDRESS(here)));
	TRY(bind(tcp, ADDRESS(any)));
	TRY(bind(tcp, ADDRESS(any)));
	length = sizeof any;
	getsockname(tcp, (void *)&any, &length);
	TRY(bind(second, ADDRESS(any)));
	TRY(connect(second, ADDRESS(any)));
	TRY(connect(second, ADDRESS(here)));
	TRY(connect(second, (void *)&any, 4));
	TRY(accept(tcp, 0, 0));
	TRY(listen(tcp, 1));
	TRY(connect(tcp, ADDRESS(any)));
	length = -1;
	TRY(getsockname(tcp, (void *)&got, &length));
	TRY(getsockname(tcp, (void *)&got, BAD));
	TRY(getsockname(tcp, (void *)&got, &none));
	length = sizeof got;
	TRY(getsockname(tcp, BAD, &length));
	TRY(getsockname(CLOSED, (void *)&got, &length));
	TRY(getsockname(file, (void *)&got, &length));
	TRY(getpeername(tcp, (void *)&got, &length));
	TRY(getpeername(datagram, (void *)&got, &length));
	TRY(getpeername(stream, (void *)&got, &length));
	TRY(getpeername(CLOSED, (void *)&got, &length));
	TRY(shutdown(tcp, 9));
	TRY(shutdown(second, SHUT_RDWR));
	TRY(shutdown(udp, SHUT_RDWR));
	TRY(shutdown(datagram, SHUT_RD));
	TRY(shutdown(CLOSED, SHUT_RD));
	TRY(shutdown(file, SHUT_RD));
	IN_CHILD(become_nobody(); struct sockaddr_in low = { AF_INET, htons(7) }; int s = socket(AF_INET, SOCK_STREAM, 0);
		TRY(connect(socket(AF_UNIX, SOCK_STREAM, 0), ADDRESS(here))); TRY(bind(datagram, ADDRESS(taken)));
		struct sockaddr_un mine = unix_address("mine"); TRY(bind(datagram, ADDRESS(mine))));
}

static void transferring(int file)
{
	struct sockaddr_un nowhere = unix_address("missing"), taken = unix_address("file");
	struct sockaddr_in closed = { AF_INET, 0, { htonl(INADDR_LOOPBACK) } };
	struct iovec vector = { buffer, 10 }, bad = { BAD, 10 };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	int pair[2], datagrams[2], packets[2], tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, datagrams);
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, packets);
	int lone = socket(AF_UNIX, SOCK_DGRAM, 0), unconnected = socket(AF_UNIX, SOCK_STREAM, 0);
	TRY(send(CLOSED, buffer, 1, 0));
	TRY(send(file, buffer, 1, 0));
	TRY(recv(file, buffer, 1, 0));
	TRY(recv(CLOSED, buffer, 1, 0));
	TRY(recv(tcp, buffer, 1, 0));
	TRY(send(tcp, buffer, 1, MSG_NOSIGNAL));
	TRY(send(udp, buffer, 1, 0));
	TRY(send(lone, buffer, 1, 0));
	TRY(send(unconnected, buffer, 1, MSG_NOSIGNAL));
	TRY(recv(unconnected, buffer, 1, MSG_DONTWAIT));
	TRY(recv(lone, buffer, 1, MSG_DONTWAIT));
	TRY(recv(udp, buffer, 1, MSG_DONTWAIT));
	TRY(recv(pair[0], buffer, 1, MSG_DONTWAIT));
	TRY(recv(datagrams[0], buffer, 1, MSG_DONTWAIT | MSG_OOB));
	TRY(send(datagrams[0], buffer, 1, MSG_OOB));
	TRY(send(udp, buffer, 1, MSG_OOB));
	TRY(sendto(lone, buffer, 1, 0, ADDRESS(nowhere)));
	TRY(sendto(lone, buffer, 1, 0, ADDRESS(taken)));
	TRY(sendto(lone, buffer, 1, 0, (void *)&nowhere, 1));
	TRY(sendto(lone, buffer, 1, 0, ADDRESS(closed)));
	TRY(sendto(pair[0], buffer, 1, 0, ADDRESS(nowhere)));
	TRY(sendto(unconnected, buffer, 1, MSG_NOSIGNAL, ADDRESS(nowhere)));
	TRY(sendto(packets[0], buffer, 1, 0, ADDRESS(nowhere)));
	TRY(sendto(udp, buffer, 1, 0, ADDRESS(nowhere)));
	TRY(sendto(udp, buffer, 1, 0, ADDRESS(closed)));
	TRY(sendto(udp, buffer, 1, 0, (void *)&closed, 4));
	TRY(sendto(tcp, buffer, 1, MSG_NOSIGNAL, ADDRESS(closed)));
	TRY(send(pair[0], BAD, 1, 0));
	TRY(send(datagrams[0], BAD, 1, 0));
	send(pair[1], "x", 1, 0);
	TRY(recv(pair[0], BAD, 1, MSG_DONTWAIT));
	TRY(sendmsg(pair[0], BAD, 0));
	message.msg_iov = &bad;
	TRY(sendmsg(pair[0], &message, 0));
	message.msg_iov = &vector;
	message.msg_iovlen = 1025;
	TRY(sendmsg(pair[0], &message, 0));
	TRY(recvmsg(pair[0], &message, MSG_DONTWAIT));
	message.msg_iovlen = 1;
	message.msg_control = buffer;
	message.msg_controllen = 1;
	TRY(sendmsg(pair[0], &message, 0));
	message.msg_controllen = 0;
	shutdown(pair[0], SHUT_WR);
	TRY(send(pair[0], buffer, 1, MSG_NOSIGNAL));
	TRY(send(packets[0], large, sizeof large, MSG_DONTWAIT));
	TRY(send(datagrams[0], large, sizeof large, MSG_DONTWAIT));
	TRY(sendto(udp, large, 70000, 0, ADDRESS(closed)));
	close(packets[1]);
	TRY(send(packets[0], buffer, 1, MSG_NOSIGNAL));
	TRY(recv(packets[0], buffer, 1, 0));
	close(datagrams[1]);
	TRY(send(datagrams[0], buffer, 1, 0));
	TRY(recv(datagrams[0], buffer, 1, MSG_DONTWAIT));
	TRY(lseek(pair[0], 0, SEEK_SET));
	TRY(pread(pair[0], buffer, 1, 0));
	TRY(ftruncate(pair[0], 0));
	TRY(fsync(pair[0]));
}

static void passing(int file)
{
	char control[CMSG_SPACE(300 * sizeof(int))] = { 0 };
	struct iovec vector = { buffer, 1 };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control };
	struct cmsghdr *header = (struct cmsghdr *)control;
	int pair[2], *list = (int *)CMSG_DATA(header), tcp = socket(AF_INET, SOCK_STREAM, 0);
	struct ucred *credentials = (struct ucred *)CMSG_DATA(header);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	message.msg_controllen = CMSG_SPACE(sizeof(int));
	list[0] = CLOSED;
	TRY(sendmsg(pair[0], &message, 0));
	list[0] = -1;
	TRY(sendmsg(pair[0], &message, 0));
	for (int i = 0; i < 300; i++) list[i] = file;
	header->cmsg_len = CMSG_LEN(254 * sizeof(int));
	message.msg_controllen = CMSG_SPACE(254 * sizeof(int));
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_len = CMSG_LEN(253 * sizeof(int));
	message.msg_controllen = CMSG_SPACE(253 * sizeof(int));
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_len = CMSG_LEN(sizeof(int)) + 1000;
	message.msg_controllen = CMSG_SPACE(sizeof(int));
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_len = 1;
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_len = CMSG_LEN(sizeof(int));
	header->cmsg_type = 99;
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_type = SCM_CREDENTIALS;
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_len = CMSG_LEN(sizeof *credentials);
	message.msg_controllen = CMSG_SPACE(sizeof *credentials);
	*credentials = (struct ucred) { getpid(), getuid(), getgid() };
	TRY(sendmsg(pair[0], &message, 0));
	credentials->pid = 9999999;
	TRY(sendmsg(pair[0], &message, 0));
	header->cmsg_level = 99;
	TRY(sendmsg(pair[0], &message, 0));
	IN_CHILD(become_nobody(); header->cmsg_level = SOL_SOCKET; *credentials = (struct ucred) { getpid(), 0, getgid() };
		TRY(sendmsg(pair[0], &message, 0)); credentials->uid = getuid(); TRY(sendmsg(pair[0], &message, 0)); credentials->pid = 1;
		TRY(sendmsg(pair[0], &message, 0)));
}

static void options(int file)
{
	int one = 1, tcp = socket(AF_INET, SOCK_STREAM, 0), stream = socket(AF_UNIX, SOCK_STREAM, 0), value;
	struct timeval wrong = { 0, 1000000 }, negative = { -1, 0 };
	struct linger linger;
	socklen_t length = sizeof value, minus = -1, small = 1;
	TRY(setsockopt(CLOSED, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
	TRY(setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, 9999, &one, sizeof one));
	TRY(setsockopt(tcp, 9999, 1, &one, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &one, 1));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &one, -1));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, BAD, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_TYPE, &one, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_ERROR, &one, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &wrong, sizeof wrong));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &negative, sizeof negative));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &one, sizeof one));
	TRY(setsockopt(tcp, SOL_SOCKET, SO_LINGER, &one, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_TCP, 9999, &one, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, 1));
	TRY(setsockopt(tcp, IPPROTO_TCP, TCP_KEEPIDLE, (int [1]) { 0 }, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_TCP, TCP_KEEPCNT, (int [1]) { 999 }, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_TCP, TCP_MAXSEG, (int [1]) { 1 }, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_IP, IP_TTL, (int [1]) { 999 }, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_IP, 9999, &one, sizeof one));
	TRY(setsockopt(tcp, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one));
	TRY(setsockopt(stream, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
	TRY(getsockopt(CLOSED, SOL_SOCKET, SO_TYPE, &value, &length));
	TRY(getsockopt(file, SOL_SOCKET, SO_TYPE, &value, &length));
	TRY(getsockopt(tcp, SOL_SOCKET, 9999, &value, &length));
	TRY(getsockopt(tcp, 9999, 1, &value, &length));
	TRY(getsockopt(tcp, SOL_SOCKET, SO_TYPE, BAD, &length));
	TRY(getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, BAD));
	TRY(getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, &minus));
	TRY(getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, &small));
	TRY(getsockopt(tcp, SOL_SOCKET, SO_PEERCRED, &value, &length));
	TRY(getsockopt(stream, IPPROTO_TCP, TCP_NODELAY, &value, &length));
	TRY(getsockopt(tcp, IPPROTO_TCP, 9999, &value, &length));
	TRY(getsockopt(tcp, IPPROTO_IP, 9999, &value, &length));
	TRY(ioctl(tcp, 0x12345, &value));
	TRY(ioctl(stream, 0x12345, &value));
	TRY(sockatmark(file));
	TRY(sockatmark(tcp));
}

int main(void)
{
	go_to_memory();
	int file = open("file", O_CREAT | O_RDWR, 0644);
	making();
	naming(file);
	transferring(file);
	passing(file);
	options(file);
	return 0;
}
