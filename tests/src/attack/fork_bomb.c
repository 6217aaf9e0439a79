/* Makes processes as fast as it can, for ever; each of them does the same. */
#include <unistd.h>

int main(void)
{
	for (;;)
		fork();
}
