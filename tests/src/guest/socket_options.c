// Options of sockets: types, values, bounds, errors.
#include "check.h"
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

static void get(int fd, const char *what, int option)
{
	int value = -7;
	socklen_t length = sizeof value;
	if (getsockopt(fd, SOL_SOCKET, option, &value, &length)) say("%s: %s\n", what, strerror(errno));
	else say("%s: %d in %d bytes\n", what, value, length);
}

static void set(int fd, const char *what, int option, int value)
{
	if (setsockopt(fd, SOL_SOCKET, option, &value, sizeof value)) say("set %s: %s\n", what, strerror(errno));
	get(fd, what, option);
}

static void result(const char *what, int value)
{
	say("%s: %d%s%s\n", what, value, value < 0 ? ", " : "", value < 0 ? strerror(errno) : "");
}

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

#define SHOW(option) get(s[0], #option, option)
#define SET(option, value) set(s[0], #option, option, value)

int main(void)
{
	int s[2];
	char byte;
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s);
	SHOW(SO_TYPE);
	SHOW(SO_DOMAIN);
	SHOW(SO_PROTOCOL);
	SHOW(SO_ERROR);
	SHOW(SO_ACCEPTCONN);
	SHOW(SO_SNDBUF);
	SHOW(SO_RCVBUF);
	SHOW(SO_RCVLOWAT);
	SHOW(SO_SNDLOWAT);
	SHOW(SO_PRIORITY);
	SET(SO_REUSEADDR, 5);
	SET(SO_KEEPALIVE, 1);
	SET(SO_KEEPALIVE, 0);
	SET(SO_BROADCAST, 1);
	SET(SO_OOBINLINE, 1);
	SET(SO_DONTROUTE, 1);
	SET(SO_PASSCRED, 1);
	SET(SO_PASSCRED, 0);
	SET(SO_SNDBUF, 10000);
	SET(SO_SNDBUF, 1);
	SET(SO_RCVBUF, 10000);
	SET(SO_RCVBUF, 1);
	SET(SO_RCVLOWAT, 5);
	SET(SO_RCVLOWAT, 1);
	SET(SO_PRIORITY, 4);
	SET(SO_TYPE, 1);
	SET(SO_ERROR, 1);
	SET(SO_ACCEPTCONN, 1);
	SET(SO_SNDLOWAT, 5);
	SET(999, 1);
	int one = 1;
	result("short value", setsockopt(s[0], SOL_SOCKET, SO_KEEPALIVE, &one, 3));
	result("bad pointer", setsockopt(s[0], SOL_SOCKET, SO_KEEPALIVE, (void *)-1, 4));
	result("another level", setsockopt(s[0], 6, 1, &one, 4));
	result("not a socket", setsockopt(0, SOL_SOCKET, SO_KEEPALIVE, &one, 4));
	socklen_t length = 1;
	char small = 9;
	SET(SO_KEEPALIVE, 1);
	say("cut off %d,", getsockopt(s[0], SOL_SOCKET, SO_KEEPALIVE, &small, &length));
	say(" %d, %d bytes\n", small, length);

	struct linger linger = { 1, 30 };
	say("linger %d\n", setsockopt(s[0], SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
	length = sizeof linger;
	memset(&linger, 0, sizeof linger);
	getsockopt(s[0], SOL_SOCKET, SO_LINGER, &linger, &length);
	say("linger %d %d, %d bytes\n", linger.l_onoff, linger.l_linger, length);

	struct timeval time = { 0, 60000 };
	say("timeout %d\n", setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
	length = sizeof time;
	getsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &time, &length);
	say("timeout %d s %d ms\n", (int)time.tv_sec, (int)(time.tv_usec + 999) / 1000);
	long before = now();
	result("recv", recv(s[0], &byte, 1, 0));
	long took = now() - before;
	say("waited %d\n", took >= 55 && took < 5000);
	time.tv_usec = 2000000;
	result("bad time", setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
	time = (struct timeval){ 0, 20000 };
	setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
	while (send(s[0], &byte, 1, 0) == 1);
	say("full: %s\n", strerror(errno));

	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un name = { AF_UNIX, "here" };
	bind(listener, (void *)&name, sizeof name);
	listen(listener, 1);
	get(listener, "SO_ACCEPTCONN", SO_ACCEPTCONN);
	setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
	result("accept with a timeout", accept(listener, 0, 0));
	struct ucred peer = { 1, 1, 1 };
	length = sizeof peer;
	int fresh = socket(AF_UNIX, SOCK_STREAM, 0);
	getsockopt(fresh, SOL_SOCKET, SO_PEERCRED, &peer, &length);
	say("no peer: pid %d uid %d gid %d\n", peer.pid, peer.uid, peer.gid);
	struct stat st;
	fstat(s[0], &st);
	say("stat: socket %d, mode %o, size %d\n", S_ISSOCK(st.st_mode), st.st_mode & 07777, (int)st.st_size);
	char link[64], path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", s[0]);
	int size = readlink(path, link, sizeof link - 1);
	link[size > 0 ? size : 0] = 0;
	unsigned long inode = 0;
	int found = sscanf(link, "socket:[%lu]", &inode);
	say("link %d, its inode %d\n", found, inode == st.st_ino);
	return 0;
}
