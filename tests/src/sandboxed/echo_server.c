/* Takes one connection after another at port 7777, with epoll, and sends back in capitals what comes; ends at "quit". */
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0);
	struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons(7777) };
	struct epoll_event event = { .events = EPOLLIN, .data.fd = listener };
	if (bind(listener, (void *)&name, sizeof name) || listen(listener, 10) || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event)) {
		perror("listen");
		return 1;
	}
	puts("listening");
	fflush(stdout);
	for (;;) {
		if (epoll_wait(epoll, &event, 1, -1) != 1) return 1;
		int fd = event.data.fd;
		if (fd == listener) {
			event.data.fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
			event.events = EPOLLIN | EPOLLRDHUP;
			if (event.data.fd >= 0) epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
			continue;
		}
		char line[1000];
		ssize_t count = read(fd, line, sizeof line);
		if (count <= 0) {
			close(fd);
			continue;
		}
		if (count >= 4 && !memcmp(line, "quit", 4)) return 0;
		for (int i = 0; i < count; i++) line[i] = toupper(line[i]);
		write(fd, line, count);
	}
}
