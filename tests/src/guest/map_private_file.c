/* A private mapping shows the file and keeps its writes. */
#include "mapping.h"

int main(void)
{
	int fd = lettered("private", 40 * PAGE);
	char *p = mmap(NULL, 20 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 3 * PAGE);
	say("%.4s %.4s %.4s\n", p, p + PAGE, p + 20 * PAGE - 4);
	memcpy(p + PAGE, "mine", 4);
	char text[5] = "";
	pread(fd, text, 4, 4 * PAGE);
	say("file %s mapping %.4s\n", text, p + PAGE);
	pid_t child = fork();
	if (child == 0) {
		say("child sees %.4s %.4s\n", p + PAGE, p + 10 * PAGE);
		memcpy(p + PAGE, "kid's", 5);
		_exit(0);
	}
	reap("child", child);
	say("parent %.5s\n", p + PAGE);
	mprotect(p, PAGE, PROT_READ);
	say("protected %.4s\n", p);
	madvise(p + PAGE, PAGE, MADV_DONTNEED);
	say("dropped %.4s\n", p + PAGE);
	int only = open("private", O_RDONLY);
	char *q = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, only, 0);
	q[0] = 'Z';
	say("read-only file %.3s\n", q);
	return 0;
}
