/* Objects of threads in a file that two programs map: one that runs another, which is killed with a lock. */
#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>

struct shared {
	pthread_mutex_t mutex, robust;
	pthread_cond_t condition;
	pthread_rwlock_t lock;
	pthread_barrier_t barrier;
	pthread_spinlock_t spin;
	sem_t semaphore;
	int turn, counter, spun;
};

enum { ROUNDS = 2000 };

static struct shared *map(void)
{
	int fd = open("objects", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, 4096);
	struct shared *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (shared == MAP_FAILED) say("mmap: %s\n", strerror(errno));
	return shared;
}

static void make(struct shared *s)
{
	pthread_mutexattr_t mutex;
	pthread_condattr_t condition;
	pthread_rwlockattr_t lock;
	pthread_barrierattr_t barrier;
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&s->mutex, &mutex);
	pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&s->robust, &mutex);
	pthread_condattr_init(&condition);
	pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
	pthread_cond_init(&s->condition, &condition);
	pthread_rwlockattr_init(&lock);
	pthread_rwlockattr_setpshared(&lock, PTHREAD_PROCESS_SHARED);
	pthread_rwlock_init(&s->lock, &lock);
	pthread_barrierattr_init(&barrier);
	pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&s->barrier, &barrier, 2);
	pthread_spin_init(&s->spin, PTHREAD_PROCESS_SHARED);
	sem_init(&s->semaphore, 1, 0);
}

/* Both count, each when it is its turn. */
static void take_turns(struct shared *s, int mine)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&s->mutex);
		while (s->turn != mine) pthread_cond_wait(&s->condition, &s->mutex);
		s->turn = !mine;
		s->counter++;
		pthread_cond_signal(&s->condition);
		pthread_mutex_unlock(&s->mutex);
		pthread_spin_lock(&s->spin);
		s->spun++;
		pthread_spin_unlock(&s->spin);
	}
}

static void other_program(struct shared *s)
{
	pthread_barrier_wait(&s->barrier);
	take_turns(s, 1);
	pthread_barrier_wait(&s->barrier);
	say("the other: the lock is taken to read: %s\n", strerror(pthread_rwlock_trywrlock(&s->lock)));
	say("the other: reads too: %d\n", pthread_rwlock_tryrdlock(&s->lock));
	pthread_rwlock_unlock(&s->lock);
	pthread_barrier_wait(&s->barrier);
	pthread_rwlock_wrlock(&s->lock);
	say("the other: writes %d\n", s->counter);
	pthread_rwlock_unlock(&s->lock);
	sem_wait(&s->semaphore);
	say("the other: posted to\n");
	pthread_mutex_lock(&s->robust);
	pthread_barrier_wait(&s->barrier);
	for (;;) pause();
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		other_program(map());
		return 0;
	}
	go_to_memory();
	struct shared *s = map();
	make(s);
	pid_t child = fork();
	if (!child) {
		execl("/proc/self/exe", "self", "other", (char *)0);
		say("exec: %s\n", strerror(errno));
		_exit(1);
	}
	pthread_barrier_wait(&s->barrier);
	take_turns(s, 0);
	pthread_rwlock_rdlock(&s->lock);
	pthread_barrier_wait(&s->barrier);
	pthread_barrier_wait(&s->barrier);
	say("counted %d %d\n", s->counter, s->spun);
	s->counter = 7;
	pthread_rwlock_unlock(&s->lock);
	sem_post(&s->semaphore);
	pthread_barrier_wait(&s->barrier);
	say("held: %s\n", strerror(pthread_mutex_trylock(&s->robust)));
	kill(child, SIGKILL);
	say("its owner died: %s\n", strerror(pthread_mutex_lock(&s->robust)));
	say("consistent: %d\n", pthread_mutex_consistent(&s->robust));
	say("unlocked: %d\n", pthread_mutex_unlock(&s->robust));
	reap("the other", child);
	return 0;
}
