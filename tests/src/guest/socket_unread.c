// A connection holds hundreds of kilobytes that nobody reads yet; they are lost when the reader closes.
#include "check.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

static char data[720000];

static void polled(const char *when, int s) {
	struct pollfd one = {s, POLLIN | POLLOUT | POLLRDHUP, 0};
	say("%s: %d", when, poll(&one, 1, 2000));
	say(" %x\n", one.revents);
}

int main(void) {
	signal(SIGPIPE, SIG_IGN);
	struct sockaddr_in address = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&address, sizeof address);
	listen(listener, 1);
	getsockname(listener, (struct sockaddr *)&address, &length);
	int client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (struct sockaddr *)&address, sizeof address);
	int server = accept(listener, 0, 0);
	fcntl(server, F_SETFL, O_NONBLOCK);

	told("write", write(server, data, sizeof data));
	polled("unread", server);
	told("read", read(client, data, 1000));
	told("close", close(client));
	struct pollfd end = {server, 0, 0};
	poll(&end, 1, 2000);
	polled("closed", server);
	told("write", write(server, "x", 1));
	polled("told", server);
	told("write", write(server, "x", 1));
	told("read", read(server, data, 1));
	told("shutdown", shutdown(server, SHUT_WR));
	return 0;
}
