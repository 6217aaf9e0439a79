// Datagrams and sequenced packets: bounds, truncation, names of senders, full queues, what closing and shutdown do.
#include "check.h"
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

static char buffer[1000];

static void result(const char *what, long count)
{
	if (count < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, count);
}

static struct sockaddr_un name;

static socklen_t path(const char *text)
{
	name.sun_family = AF_UNIX;
	strcpy(name.sun_path, text);
	return offsetof(struct sockaddr_un, sun_path) + strlen(text) + 1;
}

static void bounds(int type)
{
	int s[2], waiting;
	socketpair(AF_UNIX, type, 0, s);
	result("send", send(s[0], "first", 5, 0));
	result("send", send(s[0], "", 0, 0));
	result("send", send(s[0], "second message", 14, 0));
	result("send", send(s[0], "third message", 13, 0));
	ioctl(s[1], FIONREAD, &waiting);
	say("FIONREAD %d\n", waiting);
	result("peek", recv(s[1], buffer, 2, MSG_PEEK | MSG_TRUNC));
	result("recv", recv(s[1], buffer, sizeof buffer, 0));
	result("recv", recv(s[1], buffer, sizeof buffer, 0));
	struct iovec into[2] = { { buffer, 3 }, { buffer + 10, 5 } };
	struct msghdr message = { .msg_iov = into, .msg_iovlen = 2 };
	result("recvmsg", recvmsg(s[1], &message, 0));
	say("truncated %d, %.3s %.5s\n", message.msg_flags & MSG_TRUNC, buffer, buffer + 10);
	result("real length", recv(s[1], buffer, 1, MSG_TRUNC));
	result("nothing", recv(s[1], buffer, 1, MSG_DONTWAIT));
	struct iovec from[2] = { { "abc", 3 }, { "def", 3 } };
	struct mmsghdr many[3] = { { .msg_hdr = { .msg_iov = from, .msg_iovlen = 2 } },
		{ .msg_hdr = { .msg_iov = from, .msg_iovlen = 1 } }, { .msg_hdr = { .msg_iov = from + 1, .msg_iovlen = 1 } } };
	result("sendmmsg", sendmmsg(s[0], many, 3, 0));
	say("lengths %d %d %d\n", many[0].msg_len, many[1].msg_len, many[2].msg_len);
	struct iovec all[4] = { { buffer, 20 }, { buffer + 20, 20 }, { buffer + 40, 20 }, { buffer + 60, 20 } };
	struct mmsghdr back[4];
	memset(back, 0, sizeof back);
	for (int i = 0; i < 4; i++) back[i].msg_hdr.msg_iov = all + i, back[i].msg_hdr.msg_iovlen = 1;
	result("recvmmsg", recvmmsg(s[1], back, 4, MSG_WAITFORONE, 0));
	say("lengths %d %d %d\n", back[0].msg_len, back[1].msg_len, back[2].msg_len);
	int size = 5000;
	setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	char *large = calloc(1, 20000);
	result("too long", send(s[0], large, 20000, 0));
	result("shutdown", shutdown(s[0], SHUT_WR));
	result("send", send(s[0], "x", 1, MSG_NOSIGNAL));
	result("other way", send(s[1], "x", 1, MSG_NOSIGNAL));
	close(s[0]);
	result("send to nobody", send(s[1], "x", 1, MSG_NOSIGNAL));
	result("send to nobody", send(s[1], "x", 1, MSG_NOSIGNAL));
	close(s[1]);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	say("datagrams\n");
	bounds(SOCK_DGRAM);
	say("packets\n");
	bounds(SOCK_SEQPACKET);

	say("end of a connection\n");
	int s[2];
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s);
	send(s[0], "one", 3, 0);
	close(s[0]);
	result("recv", recv(s[1], buffer, 10, 0));
	result("end", recv(s[1], buffer, 10, 0));
	close(s[1]);

	say("names\n");
	int server = socket(AF_UNIX, SOCK_DGRAM, 0), client = socket(AF_UNIX, SOCK_DGRAM, 0);
	result("nowhere", send(client, "x", 1, 0));
	result("bind", bind(server, (void *)&name, path("server")));
	result("listen", listen(server, 1));
	result("accept", accept(server, 0, 0));
	result("sendto", sendto(client, "anonymous", 9, 0, (void *)&name, path("server")));
	result("bind", bind(client, (void *)&name, path("client")));
	result("sendto", sendto(client, "named", 5, 0, (void *)&name, path("server")));
	struct sockaddr_un from;
	socklen_t length = sizeof from;
	result("recvfrom", recvfrom(server, buffer, sizeof buffer, 0, (void *)&from, &length));
	say("%d bytes of address\n", length);
	length = sizeof from;
	result("recvfrom", recvfrom(server, buffer, sizeof buffer, 0, (void *)&from, &length));
	say("%d bytes of address, %s\n", length, from.sun_path);
	result("reply", sendto(server, "reply", 5, 0, (void *)&from, length));
	result("recv", recv(client, buffer, sizeof buffer, 0));
	result("connect", connect(client, (void *)&name, path("server")));
	result("send", send(client, "connected", 9, 0));
	int third = socket(AF_UNIX, SOCK_DGRAM, 0);
	result("send to one that is connected", sendto(third, "x", 1, 0, (void *)&name, path("client")));
	result("connect to one that is connected", connect(third, (void *)&name, path("client")));
	struct sockaddr none = { .sa_family = AF_UNSPEC };
	result("disconnect", connect(client, &none, sizeof none));
	result("send", send(client, "x", 1, 0));
	result("sendto now", sendto(third, "x", 1, 0, (void *)&name, path("client")));

	say("full\n");
	fcntl(third, F_SETFL, O_NONBLOCK);
	int sent = 0;
	while (sendto(third, "x", 1, 0, (void *)&name, path("client")) == 1) sent++;
	say("%d more, %s\n", sent, strerror(errno));
	result("recv", recv(client, buffer, 1, 0));
	result("room for one", sendto(third, "x", 1, 0, (void *)&name, path("client")));

	say("gone\n");
	connect(third, (void *)&name, path("server"));
	close(server);
	result("send", send(third, "x", 1, 0));
	result("send", send(third, "x", 1, 0));
	result("sendto", sendto(third, "x", 1, 0, (void *)&name, path("server")));
	unlink("server");
	result("sendto", sendto(third, "x", 1, 0, (void *)&name, path("server")));
	return 0;
}
