// What a program writes over its arguments is what /proc/self/cmdline shows.
#include "check.h"

static void show(const char *when)
{
	char line[4096];
	int fd = open("/proc/self/cmdline", O_RDONLY);
	int length = read(fd, line, sizeof line);
	close(fd);
	say("%s: %d ", when, length);
	for (int i = 0; i < length && i < 60; i++) {
		if (line[i]) say("%c", line[i]);
		else say("|");
	}
	say("\n");
}

int main(int argc, char **argv)
{
	if (argc == 1) {
		char *arguments[] = { "title", "first", "", "last", NULL };
		char *environment[] = { "A=environment", "B=is behind the arguments", NULL };
		execve("/proc/self/exe", arguments, environment);
		return 1;
	}
	show("at first");
	memcpy(argv[1], "FIRST", 5);
	show("one changed");
	pid_t pid = fork();
	if (!pid) {
		show("in a child");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	char *last = argv[3] + 4;
	memset(argv[0], 0, last - argv[0]);
	strcpy(argv[0], "short");
	show("a short title");
	memset(argv[0], 'x', last - argv[0] + 1);
	show("over the end");
	strcpy(argv[0], "a title that is longer than the arguments");
	show("a long title");
	return 0;
}
