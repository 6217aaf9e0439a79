// Bytes of files and pipes through sockets: sendfile, splice, and sockets as standard streams of programs.
#include "check.h"
#include <sys/sendfile.h>
#include <sys/socket.h>

static char buffer[200000];

static void result(const char *what, long value)
{
	if (value < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, value);
}

int main(void)
{
	int s[2], p[2];
	signal(SIGPIPE, SIG_IGN);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	int file = open("file", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < sizeof buffer; i++) buffer[i] = i % 251;
	write(file, buffer, sizeof buffer);
	off_t from = 10;
	result("sendfile", sendfile(s[0], file, &from, 50000));
	say("offset %d\n", (int)from);
	result("recv", recv(s[1], buffer, 50000, MSG_WAITALL));
	say("first %d, last %d\n", buffer[0], buffer[49999]);
	result("from a socket", sendfile(s[1], s[0], 0, 10));
	pipe(p);
	write(s[0], "through the pipe", 16);
	result("splice in", splice(s[1], 0, p[1], 0, 100, 0));
	result("splice out", splice(p[0], 0, s[1], 0, 100, 0));
	result("read", read(s[0], buffer, 100));
	result("splice nothing", splice(s[1], 0, p[1], 0, 100, SPLICE_F_NONBLOCK | 0) < 0 ? -1 : 0);
	result("at an offset", splice(p[0], 0, s[0], &(off_t){ 0 }, 10, 0));
	fcntl(s[0], F_SETFL, O_NONBLOCK);
	long total = 0, count;
	lseek(file, 0, SEEK_SET);
	while ((count = sendfile(s[0], file, 0, 30000)) > 0 && total < 150000) total += count;
	say("sent %d, position %d\n", total >= 150000, lseek(file, 0, SEEK_CUR) >= 150000);
	while (recv(s[1], buffer, sizeof buffer, MSG_DONTWAIT) > 0);
	fcntl(s[0], F_SETFL, 0);

	say("streams of a program\n");
	pid_t child = fork();
	if (child == 0) {
		dup2(s[1], 0);
		dup2(s[1], 1);
		close(s[0]);
		close(s[1]);
		execlp("tr", "tr", "a-z", "A-Z", (char *)0);
		_exit(127);
	}
	close(s[1]);
	write(s[0], "shout\n", 6);
	shutdown(s[0], SHUT_WR);
	result("read", recv(s[0], buffer, 100, MSG_WAITALL));
	say("%.6s", buffer);
	reap("tr", child);
	result("lost", send(s[0], "x", 1, 0));
	return 0;
}
