/* Locks that a thread wants which it has, and threads that are cancelled while they wait for one. */
#include "check.h"
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int gate[2];

static void *reads(void *unused)
{
	say("another thread reads: %s\n", strerror(pthread_rwlock_tryrdlock(&lock)));
	return 0;
}

static void cleaned(void *unused)
{
	say("cleaned\n");
}

static void *waits(void *unused)
{
	pthread_cleanup_push(cleaned, 0);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, 0);
	write(gate[1], "x", 1);
	pthread_mutex_lock(&mutex);
	say("locked\n");
	pthread_cleanup_pop(0);
	return 0;
}

int main(void)
{
	pthread_t thread;
	struct timespec past = { 0, 0 };
	void *result;
	char c;
	say("write: %d\n", pthread_rwlock_wrlock(&lock));
	say("write again: %s\n", strerror(pthread_rwlock_wrlock(&lock)));
	say("read: %s\n", strerror(pthread_rwlock_rdlock(&lock)));
	say("try: %s, %s\n", strerror(pthread_rwlock_trywrlock(&lock)), strerror(pthread_rwlock_tryrdlock(&lock)));
	pthread_create(&thread, 0, reads, 0);
	pthread_join(thread, 0);
	say("unlock: %d\n", pthread_rwlock_unlock(&lock));
	pthread_create(&thread, 0, reads, 0);
	pthread_join(thread, 0);
	say("read: %d, write: %s\n", pthread_rwlock_rdlock(&lock), strerror(pthread_rwlock_trywrlock(&lock)));
	say("in time: %s\n", strerror(pthread_rwlock_timedwrlock(&lock, &past)));
	pthread_rwlock_unlock(&lock);
	pthread_rwlock_unlock(&lock);
	say("write: %d\n", pthread_rwlock_wrlock(&lock));
	pthread_rwlock_unlock(&lock);

	pipe(gate);
	pthread_mutex_lock(&mutex);
	pthread_create(&thread, 0, waits, 0);
	read(gate[0], &c, 1);
	pthread_cancel(thread);
	say("join: %d\n", pthread_join(thread, &result));
	say("cancelled: %d\n", result == PTHREAD_CANCELED);
	pthread_mutex_unlock(&mutex);
	say("locked: %d\n", pthread_mutex_lock(&mutex));
	return 0;
}
