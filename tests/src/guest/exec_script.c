/* execvp and its like give a text without #! to the shell, execv does not. */
#include "check.h"

static void make(const char *path, const char *content, int length)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0755);
	write(fd, content, length);
	close(fd);
}

static char *words[] = { "name", "one", "two words", 0 };
static char *none[] = { 0 };

static void run(const char *what, int by)
{
	pid_t child = by == 4 ? vfork() : fork();
	if (!child) {
		switch (by) {
		case 0: execvp("script", words); break;
		case 1: execvp("./script", words); break;
		case 2: execlp("script", "name", "three", (char *)0); break;
		case 3: execvpe("script", words, (char *[]){ "SET=1", 0 }); break;
		case 4: execvp("script", none); break;
		case 5: execv("./script", words); break;
		}
		_exit(errno == ENOEXEC ? 99 : 98);
	}
	reap(what, child);
}

int main(void)
{
	go_to_memory();
	char path[300];
	getcwd(path, 200);
	strcat(path, ":/bin:/usr/bin");
	setenv("PATH", path, 1);
	static const char script[] = "echo \"$# $*, SET=$SET\"\nexit 3\n";
	make("script", script, sizeof script - 1);
	run("by PATH", 0);
	run("by a path", 1);
	run("by words", 2);
	run("with an environment", 3);
	run("without words", 4);
	run("execv", 5);
	return 0;
}
