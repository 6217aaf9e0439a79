/* A process that is killed while it writes leaves behind what it wrote, and no more; others go on. */
#include "check.h"

enum { BLOCK = 1 << 16 };

static char expected(off_t position)
{
	return 'a' + position % 23;
}

int main(void)
{
	static char block[BLOCK];
	int ready[2];
	pipe(ready);
	pid_t child = fork();
	if (!child) {
		int fd = open("f", O_WRONLY | O_CREAT | O_APPEND, 0644);
		for (off_t at = 0; at < 512 << 20; at += BLOCK) {
			for (int i = 0; i < BLOCK; i++) block[i] = expected(at + i);
			write(fd, block, BLOCK);
			if (at == BLOCK) write(ready[1], "x", 1);
		}
		for (;;) pause();
	}
	char c;
	read(ready[0], &c, 1);
	sleep_ms(30);
	kill(child, SIGKILL);
	reap("writer", child);
	int fd = open("f", O_RDWR | O_APPEND);
	off_t size = lseek(fd, 0, SEEK_END);
	int wrong = 0, got;
	off_t at = 0;
	while ((got = pread(fd, block, BLOCK, at)) > 0) {
		for (int i = 0; i < got; i++) wrong += block[i] != expected(at + i);
		at += got;
	}
	say("at least two blocks %d, all bytes right %d, size right %d\n", size >= 2 * BLOCK, !wrong, at == size);
	say("append %d\n", (int) write(fd, "end", 3));
	say("grown %d\n", lseek(fd, 0, SEEK_END) == size + 3);
	return 0;
}
