/* Threads that wait for one another for ever, in every way there is, in several processes that do the same. */
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

struct shared {
	pthread_mutex_t mutex;
	sem_t semaphore;
};

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t semaphore;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_t main_thread;
static struct shared *shared;

static void *take_both(void *forwards)
{
	pthread_mutex_lock(forwards ? &first : &second);
	pthread_barrier_wait(&barrier);
	pthread_mutex_lock(forwards ? &second : &first);
	return 0;
}

static void *wait_for_condition(void *a)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&mutex);
	pthread_cond_wait(&never, &mutex);
	return 0;
}

static void *wait_for_semaphore(void *a) { sem_wait(&semaphore); return 0; }
static void *wait_for_writer(void *a) { pthread_rwlock_rdlock(&rwlock); return 0; }
static void *wait_for_main(void *a) { pthread_join(main_thread, 0); return 0; }
static void *wait_for_others(void *a) { pthread_mutex_lock(&shared->mutex); return 0; }
static void *wait_for_nobody(void *a) { sem_wait(&shared->semaphore); return 0; }

int main(void)
{
	void *(*const waits[])(void *) = {
		wait_for_condition, wait_for_semaphore, wait_for_writer, wait_for_main, wait_for_others, wait_for_nobody,
	};
	pthread_mutexattr_t attributes;
	pthread_t id;
	shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->mutex, &attributes);
	sem_init(&shared->semaphore, 1, 0);
	pthread_mutex_lock(&shared->mutex);
	for (int i = 0; i < 6; i++)
		if (fork() == 0)
			break;
	main_thread = pthread_self();
	sem_init(&semaphore, 0, 0);
	pthread_barrier_init(&barrier, 0, 2);
	pthread_rwlock_wrlock(&rwlock);
	pthread_create(&id, 0, take_both, &first);
	pthread_create(&id, 0, take_both, 0);
	for (int i = 0; i < 12; i++)
		pthread_create(&id, 0, waits[i % 6], 0);
	pthread_join(id, 0);
}
