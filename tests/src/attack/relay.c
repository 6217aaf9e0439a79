/* Pairs of processes that wake one another all the time: none computes for long, and there is always one that can run. */
#include <unistd.h>

enum { PAIRS = 8 };

static void pass(int in, int out)
{
	char byte;
	while (read(in, &byte, 1) == 1 && write(out, &byte, 1) == 1)
		;
	_exit(0);
}

int main(void)
{
	for (int i = 0; i < PAIRS; i++) {
		int there[2], back[2];
		if (pipe(there) != 0 || pipe(back) != 0 || write(there[1], "x", 1) != 1)
			return 1;
		if (fork() == 0)
			pass(there[0], back[1]);
		if (fork() == 0)
			pass(back[0], there[1]);
	}
	for (;;)
		pause();
}
