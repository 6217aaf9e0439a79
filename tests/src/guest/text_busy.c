/* ETXTBSY: what runs cannot be written to, and what is open for writing cannot run. */
#include "check.h"

static void opened(const char *what, const char *path, int flags)
{
	int fd = open(path, flags);
	say("%s: %s\n", what, fd >= 0 ? "ok" : errno == ETXTBSY ? "ETXTBSY" : strerror(errno));
	if (fd >= 0) close(fd);
}

static void copy(const char *from, const char *to)
{
	static char buffer[1 << 16];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	for (ssize_t n; (n = read(in, buffer, sizeof buffer)) > 0; ) write(out, buffer, n);
	close(in);
	close(out);
}

static void try_exec(const char *what)
{
	pid_t child = fork();
	if (!child) {
		execl("./copy", "copy", "now", (char *) 0);
		_exit(errno == ETXTBSY ? 26 : 1);
	}
	reap(what, child);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		if (!strcmp(argv[1], "wait")) {
			char c;
			write(1, "running\n", 8);
			write(3, "", 1);
			read(0, &c, 1);
		}
		return 5;
	}
	opened("write to oneself", "../program", O_WRONLY);
	opened("read and write", "../program", O_RDWR);
	opened("read", "../program", O_RDONLY);
	say("truncate: %d\n", truncate("../program", 0) < 0 && errno == ETXTBSY);
	copy("../program", "copy");
	try_exec("a copy");
	int fd = open("copy", O_WRONLY);
	try_exec("while it is written");
	close(fd);
	try_exec("afterwards");
	int in[2], out[2];
	pipe(in);
	pipe(out);
	pid_t child = fork();
	if (!child) {
		dup2(in[0], 0);
		dup2(out[1], 3);
		close(in[1]);
		execl("./copy", "copy", "wait", (char *) 0);
		_exit(1);
	}
	close(in[0]);
	char c;
	read(out[0], &c, 1);
	opened("while it runs", "copy", O_WRONLY);
	rename("copy", "moved");
	opened("under another name", "moved", O_WRONLY);
	say("unlink: %d\n", unlink("moved"));
	close(in[1]);
	reap("child", child);
	copy("../program", "copy");
	opened("a new one", "copy", O_WRONLY);
	return 0;
}
