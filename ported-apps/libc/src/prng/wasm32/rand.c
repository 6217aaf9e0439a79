#include <stdlib.h>

/* As on Debian, both names draw from one generator. */

long __javix_random(void);
void __javix_srandom(unsigned);

void srand(unsigned seed)
{
	__javix_srandom(seed);
}

int rand(void)
{
	return __javix_random();
}
