#include <stdlib.h>

/* 31 bits of three numbers, as on Debian. */
int rand_r(unsigned *seed)
{
	static const unsigned taken[] = { 2048, 1024, 1024 };
	unsigned result = 0;
	for (int i = 0; i < 3; i++) {
		*seed = *seed * 1103515245 + 12345;
		result = result << 10 ^ *seed / 65536 % taken[i];
	}
	return result;
}
