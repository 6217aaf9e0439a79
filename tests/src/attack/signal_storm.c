/* Processes of one group send one another signals that they handle. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

static volatile int count;

static void handle(int signal)
{
	count++;
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_NODEFER};
	sigaction(SIGUSR1, &action, 0);
	sigaction(SIGRTMIN, &action, 0);
	setpgid(0, 0);
	for (int i = 0; i < 8; i++)
		if (fork() == 0)
			break;
	for (;;) {
		kill(0, SIGUSR1);
		sigqueue(getpid(), SIGRTMIN, (union sigval) {0});
	}
}
