/* Two processes that together want more memory than there is: "heap" asks and is refused, "late" was given it before it
 * touches it, "fork" copies what it has. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEBIBYTE = 1 << 20, PAGE = 4096, HALF = 40 };

/* What is kept here the compiler cannot leave out. */
static char *volatile kept;

static void touch(char *at, long length)
{
	kept = at;
	for (long i = 0; i < length; i += PAGE) at[i] = 1;
}

static int heap(void)
{
	int counts[2];
	pipe(counts);
	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			int count = 0;
			char *block;
			while (count < 1000 && (block = malloc(MEBIBYTE))) {
				touch(block, MEBIBYTE);
				count++;
			}
			write(counts[1], &count, sizeof count);
			pause();
		}
	int first, second;
	read(counts[0], &first, sizeof first);
	read(counts[0], &second, sizeof second);
	printf("%d MiB\n", first + second);
	fflush(stdout);
	kill(0, SIGKILL);
	return 1;
}

static int late(void)
{
	int ready[2], go[2], end[2];
	char token = 'x';
	pipe(ready), pipe(go), pipe(end);
	for (int i = 0; i < 2; i++)
		if (fork() == 0) {
			close(end[1]);
			char *block = malloc(HALF * MEBIBYTE);
			write(ready[1], &token, 1);
			read(go[0], &token, 1);
			if (!block) return 2;
			touch(block, HALF * MEBIBYTE);
			read(end[0], &token, 1);
			_exit(0);
		}
	read(ready[0], &token, 1);
	read(ready[0], &token, 1);
	write(go[1], "go", 2);
	int first, second;
	wait(&first);
	close(end[1]);
	wait(&second);
	printf("killed by %d, exited with %d\n", WTERMSIG(first), second);
	return 0;
}

static int copy(void)
{
	char *block = malloc(HALF * MEBIBYTE);
	touch(block, HALF * MEBIBYTE);
	pid_t child = fork();
	if (child == 0) _exit(0);
	printf("%s\n", child < 0 ? strerror(errno) : "forked");
	free(kept);
	child = fork();
	if (child == 0) _exit(0);
	printf("%s\n", child < 0 ? strerror(errno) : "forked");
	return 0;
}

int main(int argc, char **argv)
{
	return argc != 2 ? 2 : *argv[1] == 'h' ? heap() : *argv[1] == 'l' ? late() : copy();
}
