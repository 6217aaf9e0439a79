// Each thread has a CPU clock of its own, by number for the others of its process.
#include "check.h"
#include <pthread.h>
#include <semaphore.h>

static sem_t spun, seen;

static long milliseconds(clockid_t clock)
{
	struct timespec time;
	if (clock_gettime(clock, &time)) return -errno;
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void spin(clockid_t clock, long until)
{
	while (milliseconds(clock) < until);
}

static void *thread(void *unused)
{
	clockid_t own;
	pthread_getcpuclockid(pthread_self(), &own);
	say("a new thread has used little: %d %d\n", milliseconds(own) < 50, milliseconds(CLOCK_THREAD_CPUTIME_ID) < 50);
	spin(CLOCK_THREAD_CPUTIME_ID, 60);
	sem_post(&spun);
	sem_wait(&seen);
	return NULL;
}

int main(void)
{
	pthread_t other;
	clockid_t own, others;
	sem_init(&spun, 0, 0);
	sem_init(&seen, 0, 0);
	spin(CLOCK_PROCESS_CPUTIME_ID, 100);
	pthread_create(&other, NULL, thread, NULL);
	sem_wait(&spun);
	pthread_getcpuclockid(pthread_self(), &own);
	pthread_getcpuclockid(other, &others);
	long process = milliseconds(CLOCK_PROCESS_CPUTIME_ID), mine = milliseconds(own), its = milliseconds(others);
	say("of this thread %d, of the other %d, of both %d\n", mine >= 50, its >= 60, process >= its && process >= mine);
	struct timespec resolution;
	told("resolution", clock_getres(others, &resolution));
	told("nobody's", clock_getres(~0x0fffffff << 3 | 6, &resolution));
	told("no kind of clock", clock_getres(own | 3, &resolution));
	sem_post(&seen);
	pthread_join(other, NULL);
	return 0;
}
