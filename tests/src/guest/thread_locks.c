// Mutexes of all kinds, and what their attributes promise.
#include "check.h"
#include <pthread.h>
#include <sys/mman.h>

static pthread_mutex_t mutex;

static void init(pthread_mutex_t *lock, int type, int robust, int protocol, int shared)
{
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	pthread_mutexattr_setrobust(&attributes, robust);
	pthread_mutexattr_setprotocol(&attributes, protocol);
	pthread_mutexattr_setpshared(&attributes, shared);
	say("init: %d\n", pthread_mutex_init(lock, &attributes));
}

#define GIVES(call) say("%s: %s\n", #call, error_name(call))
static const char *error_name(int error) { return error ? strerror(error) : "0"; }

static void *lock_it(void *a) { pthread_mutex_lock(&mutex); return 0; }
static void *try_it(void *a) { return (void *)(long)pthread_mutex_trylock(&mutex); }

static void in_thread(void *(*function)(void *))
{
	pthread_t id;
	void *result;
	pthread_create(&id, 0, function, 0);
	pthread_join(id, &result);
	say("in another thread: %s\n", error_name((long)result));
}

static struct timespec soon(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	time.tv_nsec += 30000000;
	if (time.tv_nsec >= 1000000000) time.tv_sec++, time.tv_nsec -= 1000000000;
	return time;
}

int main(void)
{
	init(&mutex, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_STALLED, PTHREAD_PRIO_NONE, 0);
	GIVES(pthread_mutex_lock(&mutex));
	GIVES(pthread_mutex_lock(&mutex));
	GIVES(pthread_mutex_unlock(&mutex));
	in_thread(try_it);
	GIVES(pthread_mutex_unlock(&mutex));
	GIVES(pthread_mutex_unlock(&mutex));

	init(&mutex, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_STALLED, PTHREAD_PRIO_NONE, 0);
	GIVES(pthread_mutex_lock(&mutex));
	GIVES(pthread_mutex_lock(&mutex));
	GIVES(pthread_mutex_unlock(&mutex));
	GIVES(pthread_mutex_unlock(&mutex));

	for (int protocol = PTHREAD_PRIO_NONE; protocol <= PTHREAD_PRIO_INHERIT; protocol++) {
		init(&mutex, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, protocol, 0);
		in_thread(lock_it);
		GIVES(pthread_mutex_lock(&mutex));
		GIVES(pthread_mutex_consistent(&mutex));
		GIVES(pthread_mutex_unlock(&mutex));
		GIVES(pthread_mutex_lock(&mutex));
		GIVES(pthread_mutex_unlock(&mutex));
		in_thread(lock_it);
		GIVES(pthread_mutex_trylock(&mutex));
		GIVES(pthread_mutex_unlock(&mutex));
		GIVES(pthread_mutex_lock(&mutex));
	}

	// A process that is killed leaves a mutex behind that others share.
	pthread_mutex_t *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	init(shared, PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ROBUST, PTHREAD_PRIO_NONE, PTHREAD_PROCESS_SHARED);
	int ready[2];
	char c;
	pipe(ready);
	pid_t child = fork();
	if (!child) {
		pthread_mutex_lock(shared);
		write(ready[1], "", 1);
		pause();
	}
	read(ready[0], &c, 1);
	GIVES(pthread_mutex_trylock(shared));
	pid_t killer = fork();
	if (!killer) {
		usleep(100000);
		kill(child, SIGKILL);
		_exit(0);
	}
	GIVES(pthread_mutex_lock(shared));
	GIVES(pthread_mutex_consistent(shared));
	GIVES(pthread_mutex_unlock(shared));
	munmap(shared, 4096);

	pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&held);
	struct timespec time = soon(CLOCK_REALTIME);
	GIVES(pthread_mutex_timedlock(&held, &time));
	pthread_condattr_t attributes;
	pthread_cond_t condition;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&condition, &attributes);
	time = soon(CLOCK_MONOTONIC);
	GIVES(pthread_cond_timedwait(&condition, &held, &time));
}
