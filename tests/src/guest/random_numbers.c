/* The numbers that programs draw are those of Debian's C library. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

static void draw(const char *what, int n)
{
	printf("%s:", what);
	for (int i = 0; i < n; i++) printf(" %ld", random());
	printf("\n");
}

int main(void)
{
	/* Without a seed, as with 1. */
	printf("%d ", rand());
	printf("%d ", rand());
	printf("%ld\n", random());
	static const unsigned seeds[] = { 0, 1, 42, 2147483647, 4294967295U };
	for (int i = 0; i < 5; i++) {
		srand(seeds[i]);
		printf("%u: %d ", seeds[i], rand());
		printf("%d\n", rand());
		unsigned own = seeds[i];
		printf("own: %d ", rand_r(&own));
		printf("%d ", rand_r(&own));
		printf("%u\n", own);
	}
	srandom(7);
	for (int i = 0; i < 1000; i++) random();
	draw("later", 3);

	static const size_t sizes[] = { 8, 31, 32, 63, 64, 127, 128, 255, 256, 1000 };
	static long states[10][128];
	char *before = 0;
	for (int i = 0; i < 10; i++) {
		char *old = initstate(99 + i, (char *)states[i], sizes[i]);
		if (i) printf("%d ", old == (char *)states[i - 1]);
		else before = old;
		draw("state", 3);
	}
	for (int i = 0; i < 10; i++) {
		printf("%d ", setstate((char *)states[i]) != 0);
		draw("again", 2);
	}
	setstate(before);
	draw("first", 2);
	printf("%d\n", initstate(1, (char *)states[0], 7) == 0);
	return 0;
}
