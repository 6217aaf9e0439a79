// Connecting to no address ends a connection of TCP, and the socket can be used again.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

static struct sockaddr_in address = { .sin_family = AF_INET };
static socklen_t size = sizeof address;
static const struct sockaddr nowhere = { .sa_family = AF_UNSPEC };
static char text[8];

static void *receive(void *socket)
{
	return (void *)recv(*(int *)socket, text, sizeof text, 0);
}

static int port_of(int socket)
{
	struct sockaddr_in name = { 0 };
	socklen_t length = sizeof name;
	getsockname(socket, (struct sockaddr *)&name, &length);
	return ntohs(name.sin_port);
}

int main(void)
{
	struct sockaddr_in other;
	socklen_t length = sizeof other;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	told("connect to nowhere", connect(client, &nowhere, sizeof nowhere));
	bind(listener, (struct sockaddr *)&address, size);
	told("listen", listen(listener, 5));
	getsockname(listener, (struct sockaddr *)&address, &size);

	told("connect", connect(client, (struct sockaddr *)&address, size));
	int end = accept(listener, 0, 0);
	told("connect again", connect(client, (struct sockaddr *)&address, size));
	send(end, "lost", 4, 0);
	told("disconnect", connect(client, &nowhere, sizeof nowhere));
	told("the peer", getpeername(client, (struct sockaddr *)&other, &length));
	told("receive", recv(client, text, sizeof text, 0));
	told("send", send(client, "x", 1, MSG_NOSIGNAL));
	struct pollfd polled = { end, POLLIN, 0 };
	told("poll", poll(&polled, 1, 5000));
	told("the other end", recv(end, text, sizeof text, 0));
	close(end);

	told("connect anew", connect(client, (struct sockaddr *)&address, size));
	end = accept(listener, 0, 0);
	told("send", send(client, "again", 5, 0));
	told("receive", recv(end, text, 5, 0));
	pthread_t receiver;
	pthread_create(&receiver, 0, receive, &end);
	usleep(20000);
	shutdown(client, SHUT_WR);
	void *result = 0;
	pthread_join(receiver, &result);
	told("the end", (long)result);
	told("disconnect", connect(client, &nowhere, sizeof nowhere));
	close(client);
	close(end);

	int bound = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	told("bind", bind(bound, (struct sockaddr *)&own, sizeof own));
	int port = port_of(bound);
	told("connect", connect(bound, (struct sockaddr *)&address, size));
	told("disconnect", connect(bound, &nowhere, sizeof nowhere));
	say("keeps its port: %d\n", port == port_of(bound));
	told("listen", listen(bound, 1));
	told("stop listening", connect(bound, &nowhere, sizeof nowhere));
	told("accept", accept(bound, 0, 0));
	return 0;
}
