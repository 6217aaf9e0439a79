/* F_NOTIFY: signals about what happens in a directory. */
#include "check.h"

static volatile sig_atomic_t signals, last_fd;
static void on_notice(int sig, siginfo_t *info, void *context)
{
	signals++;
	last_fd = info->si_fd;
}

static int directory;
static void after(const char *what)
{
	kill(getpid(), 0); /* a call at which signals arrive */
	say("%s: %s\n", what, signals ? last_fd == directory ? "told" : "told of another" : "nothing");
	signals = 0;
}

static void notify(int mask)
{
	int result = fcntl(directory, F_NOTIFY, mask);
	say("-- %x: %d%s\n", mask, result, result ? strerror(errno) : "");
}

static void all(void)
{
	char byte;
	int fd = open("d/f", O_RDWR | O_CREAT, 0644);
	after("create");
	write(fd, "x", 1);
	after("write");
	pread(fd, &byte, 1, 0);
	after("read");
	fchmod(fd, 0600);
	after("chmod");
	close(fd);
	after("close");
	truncate("d/f", 0);
	after("truncate");
	utimensat(AT_FDCWD, "d/f", 0, 0);
	after("times");
	chmod("d", 0700);
	after("chmod of the directory");
	rename("d/f", "d/g");
	after("rename within");
	rename("d/g", "f");
	after("rename out");
	rename("f", "d/f");
	after("rename in");
	link("d/f", "d/l");
	after("link");
	unlink("d/l");
	after("unlink");
	mkdir("d/s", 0755);
	after("mkdir");
	close(open("d/s/f", O_CREAT | O_WRONLY, 0644));
	after("create below");
	unlink("d/s/f");
	after("unlink below");
	rmdir("d/s");
	after("rmdir");
	unlink("d/f");
	after("unlink");
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_notice, .sa_flags = SA_SIGINFO };
	sigaction(SIGRTMIN, &action, 0);
	go_to_memory();
	mkdir("d", 0755);
	directory = open("d", O_RDONLY);
	fcntl(directory, F_SETSIG, SIGRTMIN);
	const int masks[] = { DN_ACCESS, DN_MODIFY, DN_CREATE, DN_DELETE, DN_RENAME, DN_ATTRIB };
	for (int i = 0; i < 6; i++) {
		notify(masks[i] | DN_MULTISHOT);
		all();
		notify(0);
	}
	notify(DN_CREATE);
	all();
	notify(DN_CREATE);
	notify(DN_DELETE | DN_MULTISHOT);
	all();
	int copy = dup(directory);
	close(copy);
	after("a copy closed");
	all();
	int file = open("x", O_CREAT | O_RDWR, 0600), ends[2];
	told("file", fcntl(file, F_NOTIFY, DN_CREATE));
	pipe(ends);
	told("pipe", fcntl(ends[0], F_NOTIFY, DN_CREATE));
	notify(DN_CREATE | DN_MULTISHOT);
	if (!fork()) {
		close(open("d/child", O_CREAT | O_WRONLY, 0600));
		_exit(0);
	}
	wait(0);
	after("a child's");
	return 0;
}
