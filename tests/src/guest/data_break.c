/* The end of the data: sbrk and brk move it, beside malloc. */
#define _DEFAULT_SOURCE
#include "check.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

static int is_zero(const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (at[i]) return 0;
	return 1;
}

int main(void)
{
	char *start = sbrk(0);
	say("there is an end: %d, asked again it is the same: %d\n", start != (char *)-1, sbrk(0) == start);

	char *first = sbrk(3 * PAGE + 100);
	say("the old end is told: %d; the new memory is zero: %d\n", first == start, is_zero(first, 3 * PAGE + 100));
	memset(first, 1, 3 * PAGE + 100);
	char *second = sbrk(PAGE);
	say("to the byte: %d\n", second == first + 3 * PAGE + 100);

	char *end = sbrk(0);
	char *large = sbrk(8 << 20);
	say("8 MiB more: %d\n", large == end);
	memset(large, 2, 8 << 20);
	say("given back: %d\n", sbrk(-(8 << 20)) == large + (8 << 20));
	say("the end is where it was: %d\n", sbrk(0) == end);
	large = sbrk(8 << 20);
	say("taken again its pages are zero: %d\n", is_zero(large + PAGE, (8 << 20) - PAGE));
	told("brk", brk(large + 5));
	say("the end is there: %d\n", sbrk(0) == large + 5);

	told("too far back", sbrk(INTPTR_MIN) == (void *)-1 ? -1 : 0);
	told("below the start", brk((void *)PAGE));
	say("nothing has changed: %d\n", sbrk(0) == large + 5);

	char *parts[100];
	for (int i = 0; i < 100; i++) {
		parts[i] = malloc(1 + i * 1000);
		memset(parts[i], i, 1 + i * 1000);
	}
	int kept = 1;
	for (int i = 0; i < 3 * PAGE + 100; i++)
		kept &= first[i] == 1;
	say("malloc leaves it alone: %d\n", kept);
	for (int i = 0; i < 100; i++)
		for (int at = 0; at <= i * 1000; at++)
			kept &= parts[i][at] == i;
	say("and it leaves malloc's alone: %d\n", kept);
	say("malloc or not, there is more: %d\n", sbrk(PAGE) != (void *)-1);
	char *last = sbrk(0);

	large[0] = 1;
	pid_t child = fork();
	if (!child) {
		say("a child's is its own: %d\n", sbrk(PAGE) == last);
		large[0] = 7;
		_exit(0);
	}
	reap("child", child);
	say("and its parent's stays: %d %d\n", sbrk(0) == last, large[0]);
	return 0;
}
