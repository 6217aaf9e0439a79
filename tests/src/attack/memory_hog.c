/* Takes memory and uses it, in several processes, and never gives any back. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	for (int i = 0; i < 6; i++)
		if (fork() == 0)
			break;
	for (size_t size = 1 << 20;;) {
		char *block = malloc(size);
		if (block)
			memset(block, 1, size);
		else if (size > 16)
			size /= 2;
		else
			usleep(1000);
	}
}
