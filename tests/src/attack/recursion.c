/* Overflows its stack, is killed, and is followed by another. */
#include <sys/wait.h>
#include <unistd.h>

static int deeper(volatile int *above)
{
	volatile int here[16] = {*above};
	return deeper(here) + here[0];
}

int main(void)
{
	for (;;) {
		pid_t child = fork();
		if (child == 0)
			return deeper(&(volatile int) {0});
		waitpid(child, 0, 0);
	}
}
