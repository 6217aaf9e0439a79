/* Opening FIFOs in every mode, and what is left when one side has gone. */
#include "check.h"
#include <poll.h>

static void ready(const char *what, int fd)
{
	struct pollfd p = { fd, POLLIN | POLLOUT };
	poll(&p, 1, 0);
	say("%s: %x\n", what, p.revents);
}

int main(void)
{
	char text[10];
	struct stat s;
	signal(SIGPIPE, SIG_IGN);
	go_to_memory();
	told("mkfifo", mkfifo("p", 0666));
	told("again", mkfifo("p", 0666));
	told("write, nobody reads", open("p", O_WRONLY | O_NONBLOCK));
	int r = open("p", O_RDONLY | O_NONBLOCK);
	told("read", r < 0 ? -1 : 0);
	told("nothing", read(r, text, 1));
	ready("nobody writes", r);
	int w = open("p", O_WRONLY | O_NONBLOCK);
	told("write", w < 0 ? -1 : 0);
	ready("a writer", r);
	told("would wait", read(r, text, 1));
	told("write", write(w, "abc", 3));
	ready("data", r);
	fstat(r, &s);
	say("size %d, mode %o\n", (int)s.st_size, s.st_mode);
	close(w);
	ready("data, writer gone", r);
	told("read", read(r, text, 10));
	told("end", read(r, text, 10));
	ready("end", r);
	w = open("p", O_WRONLY);
	told("back", read(r, text, 1));
	close(r);
	ready("no reader", w);
	told("no reader", write(w, "x", 1));
	close(w);
	int b = open("p", O_RDWR);
	told("both", b < 0 ? -1 : 0);
	told("write", write(b, "hello", 5));
	told("lseek", lseek(b, 0, SEEK_SET));
	told("pread", pread(b, text, 1, 0));
	told("ftruncate", ftruncate(b, 0));
	told("truncate", truncate("p", 0));
	told("read", read(b, text, 10));
	int t = open("p", O_RDONLY | O_TRUNC | O_NONBLOCK);
	told("truncating open", t < 0 ? -1 : 0);
	told("append", open("p", O_WRONLY | O_APPEND | O_NONBLOCK) < 0 ? -1 : 0);
	told("directory", open("p", O_RDONLY | O_DIRECTORY));
	told("exclusive", open("p", O_CREAT | O_EXCL | O_RDWR, 0600));
	int c = open("p", O_CREAT | O_RDONLY | O_NONBLOCK, 0600);
	told("create", c < 0 ? -1 : 0);
	told("unlink", unlink("p"));
	told("write", write(b, "still", 5));
	told("read", read(t, text, 10));
	fstat(b, &s);
	say("links %d\n", (int)s.st_nlink);
	say("-- the other side waits\n");
	mkfifo("q", 0600);
	pid_t child = fork();
	if (!child) {
		int fd = open("q", O_WRONLY);
		write(fd, "late", 4);
		_exit(0);
	}
	await_sleep(child);
	r = open("q", O_RDONLY);
	told("read", read(r, text, 10));
	told("end", read(r, text, 10));
	reap("writer", child);
	close(r);
	say("-- a signal ends the wait\n");
	on_signal(SIGUSR1, (void (*)(int))say, 0);
	signal(SIGUSR1, SIG_DFL);
	child = fork();
	if (!child) {
		on_signal(SIGUSR1, SIG_IGN, 0);
		open("q", O_RDONLY);
		_exit(1);
	}
	await_sleep(child);
	kill(child, SIGTERM);
	reap("reader", child);
	say("-- a link to it\n");
	link("q", "r");
	symlink("r", "l");
	r = open("l", O_RDONLY | O_NONBLOCK);
	w = open("q", O_WRONLY | O_NONBLOCK);
	told("through the link", write(w, "same", 4));
	told("same", read(r, text, 10));
	rename("q", "renamed");
	int w2 = open("renamed", O_WRONLY | O_NONBLOCK);
	told("renamed", write(w2, "same", 4));
	told("same", read(r, text, 10));
	fchmod(r, 0);
	told("mode", open("r", O_RDWR) < 0 ? -1 : 0);
	return 0;
}
