// Three threads wait for one child, by its number: one gets it, and the others are told that there is none.
#include "check.h"
#include <pthread.h>

static pthread_barrier_t barrier;
static pid_t child;

static void *waits(void *result)
{
	pthread_barrier_wait(&barrier);
	int status;
	pid_t got = waitpid(child, &status, 0);
	*(int *)result = got == child ? 1 : got < 0 && errno == ECHILD ? 0 : 100;
	return NULL;
}

int main(void)
{
	int taken = 0, wrong = 0;
	for (int i = 0; i < 300; i++) {
		pthread_t threads[3];
		int results[3];
		int ends[2];
		pipe(ends);
		pthread_barrier_init(&barrier, NULL, 4);
		child = fork();
		if (!child) {
			char c;
			close(ends[1]);
			read(ends[0], &c, 1);
			_exit(0);
		}
		for (int j = 0; j < 3; j++) pthread_create(&threads[j], NULL, waits, &results[j]);
		pthread_barrier_wait(&barrier);
		close(ends[0]);
		close(ends[1]);
		int sum = 0;
		for (int j = 0; j < 3; j++) {
			pthread_join(threads[j], NULL);
			sum += results[j];
		}
		taken += sum == 1;
		wrong += sum != 1;
		pthread_barrier_destroy(&barrier);
	}
	say("taken once %d times, otherwise %d\n", taken, wrong);
	return 0;
}
