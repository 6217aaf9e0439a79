// SO_RCVLOWAT: a receiving call waits for so many bytes of a stream, or for its end; TCP's poll does so, too.
#include "check.h"
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

static int readable(int fd)
{
	struct pollfd one = {fd, POLLIN, 0};
	return poll(&one, 1, 0);
}

static void tcp_pair(int pair[2])
{
	struct sockaddr_in name = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof name;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (void *)&name, length);
	listen(listener, 1);
	getsockname(listener, (void *)&name, &length);
	pair[0] = socket(AF_INET, SOCK_STREAM, 0);
	connect(pair[0], (void *)&name, length);
	pair[1] = accept(listener, NULL, NULL);
	close(listener);
}

/* Sends a byte at a time, each when the one before has been seen. */
static void receive(const char *kind, int pair[2])
{
	char buffer[8];
	int low = 3;
	say("%s\n", kind);
	told("set", setsockopt(pair[0], SOL_SOCKET, SO_RCVLOWAT, &low, sizeof low));
	send(pair[1], "a", 1, 0);
	while (recv(pair[0], buffer, 1, MSG_PEEK | MSG_DONTWAIT) != 1) sleep_ms(1);
	say("readable with one byte: %d\n", readable(pair[0]));
	told("without waiting", recv(pair[0], buffer, sizeof buffer, MSG_DONTWAIT));
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < 3; i++) {
			send(pair[1], "b", 1, 0);
			sleep_ms(20);
		}
		_exit(0);
	}
	told("three", recv(pair[0], buffer, sizeof buffer, 0));
	reap("child", child);
	send(pair[1], "cc", 2, 0);
	told("two are asked for", recv(pair[0], buffer, 2, 0));
	send(pair[1], "d", 1, 0);
	shutdown(pair[1], SHUT_WR);
	told("the end", recv(pair[0], buffer, sizeof buffer, 0));
	say("readable at the end: %d\n", readable(pair[0]));
	told("after the end", recv(pair[0], buffer, sizeof buffer, 0));
}

int main(void)
{
	int pair[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	receive("unix", pair);
	tcp_pair(pair);
	receive("tcp", pair);
	return 0;
}
