#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Whether the shell could read it: a file that cannot be opened is left to the shell, which says why. */
static int is_text(const char *path)
{
	char start[128];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return 1;
	ssize_t length = read(fd, start, sizeof start);
	close(fd);
	return length >= 0 && !memchr(start, 0, length);
}

/* execve, as execvp and its like make it: a text that does not say what interprets it is given to the shell. */
hidden int __javix_exec_or_shell(const char *path, char *const argv[], char *const envp[])
{
	execve(path, argv, envp);
	if (errno != ENOEXEC) return -1;
	if (!is_text(path)) {
		errno = ENOEXEC;
		return -1;
	}
	size_t count = 0;
	while (argv[count]) count++;
	const char *words[count + 3];
	words[0] = "/bin/sh";
	words[1] = path;
	words[2] = 0;
	for (size_t i = 1; i <= count; i++) words[i + 1] = argv[i];
	return execve(words[0], (char *const *)words, envp);
}
