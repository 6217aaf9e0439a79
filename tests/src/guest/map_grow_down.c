/* A mapping that grows at its beginning, up to what lies below it but for a gap of 256 pages. */
#include "mapping.h"

int main(void)
{
	catch_faults();
	char *room = mmap(NULL, 1000 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(room, 1000 * PAGE);
	int grows = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN;
	char *stack = mmap(room + 900 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, grows, -1, 0);
	say("there %d\n", stack == room + 900 * PAGE);
	probe("within", stack, PAGE, 1);
	probe("below", stack, -8, 1);
	probe("far below", stack, -100 * PAGE, 1);
	probe("between", stack, -50 * PAGE, 0);
	mmap(room + 400 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	probe("near what lies below", stack, -400 * PAGE, 1);
	probe("at the gap", stack, -243 * PAGE, 1);
	probe("in the gap", stack, -244 * PAGE, 1);
	char buffer[10] = "123456789";
	int pipes[2];
	pipe(pipes);
	write(pipes[1], buffer, 10);
	munmap(room + 400 * PAGE, PAGE);
	say("read %ld %s\n", (long)read(pipes[0], stack - 300 * PAGE, 10), stack - 300 * PAGE);
	mapped("shared", mmap(NULL, PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0));
	int fd = lettered("file", PAGE);
	mapped("file", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_GROWSDOWN, fd, 0));
	told("protect all that grew", mprotect(stack, PAGE, PROT_READ | PROT_GROWSDOWN));
	probe("protected", stack, -10 * PAGE, 1);
	told("what does not grow", mprotect(pages(1), PAGE, PROT_READ | PROT_GROWSDOWN));
	told("upwards", mprotect(stack, PAGE, PROT_READ | PROT_GROWSUP));
	return 0;
}
