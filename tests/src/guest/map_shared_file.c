/* A shared mapping and the file are the same bytes, in all processes and both ways. */
#include "mapping.h"

int main(void)
{
	int fd = lettered("shared", 3 * PAGE);
	char *a = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *b = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE);
	say("%.8s %.8s\n", a, b);
	memcpy(a + PAGE, "by map", 6);
	char text[9] = "";
	say("read %zd %.8s, other mapping %.8s\n", pread(fd, text, 8, PAGE), text, b);
	say("write %zd", pwrite(fd, "BY WRITE", 8, 2 * PAGE - 4));
	say(" %.8s %.4s\n", a + 2 * PAGE - 4, b + PAGE - 4);
	close(fd);
	pid_t child = fork();
	if (child == 0) {
		memcpy(b, "child", 5);
		int again = open("shared", O_RDWR);
		char *c = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, again, 2 * PAGE);
		c[100] = '#';
		_exit(0);
	}
	reap("child", child);
	say("%.5s %c\n", a + PAGE, a[2 * PAGE + 100]);
	rename("shared", "moved");
	unlink("moved");
	a[0] = '!';
	say("unlinked: %c\n", a[0]);
	munmap(a, 3 * PAGE);
	say("%.5s\n", b);
	return 0;
}
