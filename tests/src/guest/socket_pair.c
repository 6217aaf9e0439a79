// Pairs of stream sockets: both ways, ends, EPIPE and SIGPIPE, shutdown of halves, peeking, waiting for all.
#include "check.h"
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

static int s[2];
static int signals;
static char buffer[100000];

static void caught(int number) { signals++; }

static void fresh(void)
{
	close(s[0]);
	close(s[1]);
	say("socketpair %d\n", socketpair(AF_UNIX, SOCK_STREAM, 0, s));
}

static void result(const char *what, long count)
{
	if (count < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, count);
}

int main(void)
{
	on_signal(SIGPIPE, caught, 0);
	s[0] = s[1] = -1;
	fresh();
	result("write", write(s[0], "hello", 5));
	result("write back", write(s[1], "there!", 6));
	int waiting = -1;
	result("FIONREAD", ioctl(s[1], FIONREAD, &waiting));
	say("waiting %d\n", waiting);
	result("peek", recv(s[1], buffer, 3, MSG_PEEK));
	say("%.3s\n", buffer);
	result("read", read(s[1], buffer, sizeof buffer));
	say("%.5s\n", buffer);
	result("read back", recv(s[0], buffer, 2, 0));
	result("read rest", recv(s[0], buffer, sizeof buffer, MSG_DONTWAIT));
	result("read nothing", recv(s[0], buffer, sizeof buffer, MSG_DONTWAIT));
	result("read zero bytes", read(s[0], buffer, 0));
	result("recv zero bytes", recv(s[0], buffer, 0, MSG_DONTWAIT));
	result("write zero bytes", write(s[0], buffer, 0));
	result("seek", lseek(s[0], 0, SEEK_SET));
	result("urgent", send(s[0], "x", 0, MSG_OOB));
	result("with address", sendto(s[0], "x", 1, 0, (void *)"\1\0x", 3));
	struct iovec pieces[3] = { { "one ", 4 }, { "two ", 4 }, { "three", 5 } };
	result("writev", writev(s[0], pieces, 3));
	struct iovec into[2] = { { buffer, 6 }, { buffer + 50, 50 } };
	result("readv", readv(s[1], into, 2));
	say("%.6s|%.7s\n", buffer, buffer + 50);

	say("closed with nothing left\n");
	write(s[0], "last", 4);
	result("recv zero bytes", recv(s[1], buffer, 0, 0));
	close(s[0]);
	result("recv zero bytes", recv(s[1], buffer, 0, 0));
	result("read", read(s[1], buffer, sizeof buffer));
	result("end", read(s[1], buffer, sizeof buffer));
	result("write", write(s[1], "x", 1));
	say("signals %d\n", signals);
	result("send quietly", send(s[1], "x", 1, MSG_NOSIGNAL));
	say("signals %d\n", signals);

	say("closed with something left\n");
	fresh();
	write(s[0], "unread", 6);
	write(s[1], "mine", 4);
	close(s[1]);
	result("read what was sent", read(s[0], buffer, sizeof buffer));
	result("read", read(s[0], buffer, sizeof buffer));
	result("again", read(s[0], buffer, sizeof buffer));

	say("shutdown\n");
	fresh();
	result("of nothing", shutdown(s[0], 7));
	result("sending", shutdown(s[0], SHUT_WR));
	result("write", write(s[0], "x", 1));
	result("end", read(s[1], buffer, sizeof buffer));
	result("other way", write(s[1], "back", 4));
	result("read", read(s[0], buffer, sizeof buffer));
	result("receiving", shutdown(s[0], SHUT_RD));
	result("write", write(s[1], "back", 4));
	result("end", read(s[0], buffer, sizeof buffer));
	say("signals %d\n", signals);

	say("waiting for all\n");
	fresh();
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < 5; i++) {
			await_sleep(getppid());
			write(s[1], "0123456789", 10);
		}
		_exit(0);
	}
	close(s[1]);
	result("recv", recv(s[0], buffer, 45, MSG_WAITALL));
	result("recv up to the end", recv(s[0], buffer, 45, MSG_WAITALL));
	reap("child", child);

	say("much\n");
	fresh();
	child = fork();
	if (child == 0) {
		close(s[1]);
		memset(buffer, 'x', sizeof buffer);
		for (int i = 0; i < 30; i++)
			if (write(s[0], buffer, sizeof buffer) != sizeof buffer) _exit(1);
		_exit(0);
	}
	close(s[0]);
	long total = 0, count;
	while ((count = read(s[1], buffer, 7777)) > 0) total += count;
	say("total %ld\n", total);
	reap("child", child);

	say("full\n");
	fresh();
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	total = 0;
	while ((count = write(s[0], buffer, 1000)) > 0) total += count;
	say("%s, more than 50000: %d\n", strerror(errno), total > 50000);
	result("bad pointer", write(s[1], (void *)-1, 10));
	result("not a socket", send(0, "x", 1, 0));
	result("not open", send(99, "x", 1, 0));
	return 0;
}
