// tee copies and leaves; vmsplice writes and reads pipes; both say when they would wait, and what they refuse.
#include "check.h"
#include <sys/uio.h>

static void show(const char *what, int fd)
{
	char buffer[64];
	int got = read(fd, buffer, sizeof buffer);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: '%.*s'\n", what, got, buffer);
}

int main(void)
{
	int a[2], b[2];
	pipe(a);
	pipe(b);
	write(a[1], "hello world", 11);
	told("tee", tee(a[0], b[1], 5, 0));
	told("all", tee(a[0], b[1], 100, 0));
	show("still", a[0]);
	show("copied", b[0]);
	told("empty", tee(a[0], b[1], 5, SPLICE_F_NONBLOCK));
	told("none", tee(a[0], b[1], 0, 0));
	told("same", tee(a[0], a[1], 5, 0));
	told("wrong ends", tee(a[1], b[0], 5, 0));
	int file = open("file", O_CREAT | O_RDWR, 0600);
	told("no pipe", tee(file, b[1], 5, 0));
	told("wrong flags", tee(a[0], b[1], 5, 64));
	if (!fork()) {
		await_sleep(getppid());
		write(a[1], "late", 4);
		_exit(0);
	}
	told("waits", tee(a[0], b[1], 100, 0));
	wait(0);
	show("late", b[0]);
	show("and left", a[0]);

	struct iovec v[2] = { { "abc", 3 }, { "defg", 4 } };
	told("vmsplice", vmsplice(a[1], v, 2, 0));
	char x[3], y[10];
	struct iovec r[2] = { { x, 3 }, { y, 10 } };
	told("read", vmsplice(a[0], r, 2, 0));
	say("%.3s %.4s\n", x, y);
	told("nothing", vmsplice(a[0], r, 2, SPLICE_F_NONBLOCK));
	told("no pipe", vmsplice(file, v, 2, 0));
	told("wrong flags", vmsplice(a[1], v, 2, 64));
	close(a[1]);
	told("end", tee(a[0], b[1], 5, 0));
	close(b[0]);
	signal(SIGPIPE, SIG_IGN);
	pipe(a);
	write(a[1], "x", 1);
	told("broken", tee(a[0], b[1], 5, 0));
	return 0;
}
