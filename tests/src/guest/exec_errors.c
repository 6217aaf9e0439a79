/* Why exec fails, and what it leaves. */
#include "check.h"

extern char **environ;

static void try(const char *path)
{
	char *argv[] = { (char *)path, 0 };
	pid_t child = fork();
	if (!child) {
		execve(path, argv, environ);
		say("%s: %s\n", path, strerror(errno));
		_exit(0);
	}
	int status;
	waitpid(child, &status, 0);
	if (status) say("%s: %s\n", path, status_text(status));
}

static void file(const char *path, const char *content, size_t length, int mode)
{
	unlink(path);
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0755);
	write(fd, content, length);
	fchmod(fd, mode);
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		say("ran as %s %s\n", strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0], argv[1]);
		return 0;
	}
	try("missing");
	try("");
	try(".");
	try("missing/file");
	file("plain", "text", 4, 0644);
	try("plain");
	try("plain/below");
	file("empty", "", 0, 0755);
	try("empty");
	file("text", "just text\n", 10, 0755);
	try("text");
	file("truncated", "\177ELF", 4, 0755);
	try("truncated");
	file("no_interpreter", "#!/not/there\n", 13, 0755);
	try("no_interpreter");
	file("empty_interpreter", "#!\n", 3, 0755);
	try("empty_interpreter");
	file("directory_interpreter", "#!/\n", 4, 0755);
	try("directory_interpreter");
	symlink("loop", "loop");
	try("loop");
	file("self", "#!./self\n", 9, 0755);
	try("self");
	char name[300];
	memset(name, 'x', 299);
	name[299] = 0;
	pid_t child = fork();
	if (!child) {
		execl(name, name, (char *)0);
		say("long name: %s\n", strerror(errno));
		_exit(0);
	}
	waitpid(child, 0, 0);
	/* Open for writing. */
	char self[4096];
	int from = open("/proc/self/exe", O_RDONLY), to = open("copy", O_CREAT | O_RDWR | O_TRUNC, 0755);
	long n;
	while ((n = read(from, self, sizeof self)) > 0) write(to, self, n);
	try("copy");
	close(to);
	child = fork();
	if (!child) { execl("copy", "copy", "argument", (char *)0); _exit(9); }
	reap("copy", child);
	child = fork();
	if (!child) { execl("copy", "copy", "again", (char *)0); _exit(9); }
	waitpid(child, 0, 0);
	/* Too many arguments. */
	char *big = malloc(3 << 20);
	memset(big, 'a', 3 << 20);
	big[(3 << 20) - 1] = 0;
	child = fork();
	if (!child) {
		execl("copy", "copy", big, (char *)0);
		say("one long argument: %s\n", strerror(errno));
		_exit(0);
	}
	waitpid(child, 0, 0);
	big[100000] = 0;
	char *many[202];
	for (int i = 0; i < 201; i++) many[i] = big;
	many[201] = 0;
	child = fork();
	if (!child) {
		execv("copy", many);
		say("many arguments: %s\n", strerror(errno));
		_exit(0);
	}
	waitpid(child, 0, 0);
	if (!geteuid()) {
		file("unreadable", "#!/bin/sh\n", 10, 0711);
	}
	return 0;
}
