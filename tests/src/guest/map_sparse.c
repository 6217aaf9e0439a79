/* 3 GiB mapped, a few pages touched. */
#include "mapping.h"

int main(void)
{
	catch_faults();
	size_t size = 3u << 30;
	unsigned char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	mapped("3 GiB", p);
	long sum = 0;
	for (size_t at = 12345; at < size; at += size / 40) p[at] = at / 4096;
	for (size_t at = 12345; at < size; at += size / 40) sum += p[at] + p[at + 4096];
	say("sum %ld\n", sum);
	pid_t child = fork();
	if (child == 0) {
		say("child %d\n", p[12345]);
		_exit(0);
	}
	reap("child", child);
	told("middle", munmap(p + (1u << 30), 1u << 30));
	say("ends %d %d\n", p[12345], p[size - 1]);
	if (sigsetjmp(after_fault, 1) == 0) p[3u << 29] = 1;
	else say("middle: code %d\n", fault.si_code);
	mapped("again", mmap(p + (1u << 30), 1u << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
	say("zero %d\n", p[3u << 29]);
	return 0;
}
