// What threads meet by: once, keys, barriers, read-write locks, spin locks, conditions and semaphores.
#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

enum { THREADS = 4 };

static void together(void *(*function)(void *))
{
	pthread_t ids[THREADS];
	for (long i = 0; i < THREADS; i++) pthread_create(&ids[i], 0, function, (void *)i);
	for (int i = 0; i < THREADS; i++) pthread_join(ids[i], 0);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static atomic_int onces, destroyed;
static void happen(void) { usleep(10000); onces++; }
static void destroy(void *value)
{
	destroyed++;
	if ((long)value < 3) pthread_setspecific(key, (void *)((long)value + 1));
}
static void *once_and_key(void *a)
{
	pthread_once(&once, happen);
	pthread_setspecific(key, (void *)1);
	return 0;
}

static pthread_barrier_t barrier;
static atomic_int serial, arrived;
static void *meet(void *a)
{
	for (int i = 1; i <= 100; i++) {
		arrived++;
		if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) serial++;
		if (arrived < i * THREADS) say("somebody was not waited for\n");
		pthread_barrier_wait(&barrier);
	}
	return 0;
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static long written[2], spun;
static void *lock(void *a)
{
	for (int i = 0; i < 5000; i++) {
		pthread_rwlock_wrlock(&rwlock);
		written[0]++;
		written[1]++;
		pthread_rwlock_unlock(&rwlock);
		pthread_rwlock_rdlock(&rwlock);
		if (written[0] != written[1]) say("torn\n");
		pthread_rwlock_unlock(&rwlock);
		pthread_spin_lock(&spin);
		spun++;
		pthread_spin_unlock(&spin);
	}
	return 0;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER, drained = PTHREAD_COND_INITIALIZER;
static int queue[8], length, produced;
static long consumed;
static void *produce_and_consume(void *a)
{
	int producer = (long)a % 2;
	for (int i = 0; i < 10000; i++) {
		pthread_mutex_lock(&mutex);
		if (producer) {
			while (length == 8) pthread_cond_wait(&drained, &mutex);
			queue[length++] = ++produced;
			pthread_cond_signal(&filled);
		} else {
			while (!length) pthread_cond_wait(&filled, &mutex);
			consumed += queue[--length];
			pthread_cond_signal(&drained);
		}
		pthread_mutex_unlock(&mutex);
	}
	return 0;
}

static sem_t free_places, taken;
static void *post(void *a)
{
	sem_post(&taken);
	return 0;
}

static _Thread_local int mine = 7;
static _Thread_local char large[10000];
static void *variables(void *a)
{
	mine += (long)a;
	large[9999] = (long)a;
	errno = mine;
	usleep(1000);
	if (errno != mine || mine != 7 + (long)a || large[9999] != (long)a) say("not mine\n");
	return 0;
}

int main(void)
{
	pthread_key_create(&key, destroy);
	together(once_and_key);
	say("once %d, destroyed %d\n", onces, destroyed);
	pthread_barrier_init(&barrier, 0, THREADS);
	together(meet);
	say("serial threads %d\n", serial);
	pthread_spin_init(&spin, 0);
	together(lock);
	say("written %ld, spun %ld\n", written[0], spun);
	together(produce_and_consume);
	say("consumed %ld\n", consumed);
	together(variables);
	say("mine %d\n", mine);

	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, 100000);
	sem_init(&taken, 0, 0);
	int failures = 0;
	for (int i = 0; i < 300; i++) {
		pthread_t id;
		failures += pthread_create(&id, &attributes, post, 0) != 0;
		sem_wait(&taken);
	}
	say("failures %d\n", failures);
	told("sem_trywait", sem_trywait(&taken));
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	told("sem_timedwait", sem_timedwait(&taken, &now));
}
