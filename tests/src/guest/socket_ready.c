// What poll says of sockets in all their states, and who is woken.
#include "check.h"
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>

static void look(const char *what, int fd)
{
	struct pollfd p = { fd, POLLIN | POLLOUT | POLLPRI | POLLRDHUP };
	int count = poll(&p, 1, 0);
	say("%s: %d%s%s%s%s%s%s\n", what, count, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
		p.revents & POLLPRI ? " urgent" : "", p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "",
		p.revents & POLLERR ? " error" : "");
}

static void wait_for(const char *what, int fd, int events)
{
	struct pollfd p = { fd, events };
	int count = poll(&p, 1, -1);
	say("%s: %d, %x\n", what, count, p.revents);
}

int main(void)
{
	int s[2];
	char buffer[4096];
	signal(SIGPIPE, SIG_IGN);
	struct sockaddr_un name = { AF_UNIX, "here" };
	int types[] = { SOCK_STREAM, SOCK_SEQPACKET, SOCK_DGRAM };
	for (int i = 0; i < 3; i++) {
		say("type %d\n", types[i]);
		int alone = socket(AF_UNIX, types[i], 0);
		look("fresh", alone);
		close(alone);
		socketpair(AF_UNIX, types[i] | SOCK_NONBLOCK, 0, s);
		look("connected", s[0]);
		write(s[1], "x", 1);
		look("something", s[0]);
		read(s[0], buffer, 1);
		look("nothing", s[0]);
		while (write(s[0], buffer, 4000) > 0);
		look("full", s[0]);
		look("other end", s[1]);
		read(s[1], buffer, 4000);
		look("a little room", s[0]);
		while (read(s[1], buffer, 4000) > 0);
		look("empty", s[0]);
		shutdown(s[0], SHUT_WR);
		look("shut down", s[0]);
		look("other end", s[1]);
		shutdown(s[1], SHUT_WR);
		look("both", s[0]);
		close(s[0]);
		close(s[1]);
		socketpair(AF_UNIX, types[i], 0, s);
		write(s[1], "x", 1);
		write(s[0], "x", 1);
		close(s[1]);
		look("closed", s[0]);
		read(s[0], buffer, 10);
		look("closed, read", s[0]);
		close(s[0]);
	}
	say("listening\n");
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(listener, (void *)&name, sizeof name);
	look("bound", listener);
	listen(listener, 3);
	look("listening", listener);
	int client = socket(AF_UNIX, SOCK_STREAM, 0);
	connect(client, (void *)&name, sizeof name);
	look("connected", listener);
	look("not accepted", client);
	int end = accept(listener, 0, 0);
	look("accepted", listener);

	say("woken\n");
	pid_t child = fork();
	if (child == 0) {
		await_sleep(getppid());
		write(client, "x", 1);
		await_sleep(getppid());
		connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, sizeof name);
		await_sleep(getppid());
		while (recv(client, buffer, sizeof buffer, MSG_DONTWAIT) > 0);
		await_sleep(getppid());
		_exit(0);
	}
	wait_for("bytes", end, POLLIN);
	wait_for("connection", listener, POLLIN);
	fcntl(end, F_SETFL, O_NONBLOCK);
	while (write(end, buffer, sizeof buffer) > 0);
	wait_for("room", end, POLLOUT);
	close(client);
	wait_for("end", end, POLLRDHUP);
	reap("child", child);
	fd_set set;
	FD_ZERO(&set);
	FD_SET(end, &set);
	say("select %d\n", select(end + 1, &set, 0, 0, 0));
	return 0;
}
