/* Mutexes, conditions, semaphores in shared memory: between parent, children, and by name. */
#include "mapping.h"
#include <pthread.h>
#include <semaphore.h>

struct shared {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	sem_t semaphore;
	long count, turn;
};

int main(void)
{
	struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t mutex_kind;
	pthread_condattr_t condition_kind;
	pthread_mutexattr_init(&mutex_kind);
	pthread_condattr_init(&condition_kind);
	told("mutex", pthread_mutexattr_setpshared(&mutex_kind, PTHREAD_PROCESS_SHARED));
	told("condition", pthread_condattr_setpshared(&condition_kind, PTHREAD_PROCESS_SHARED));
	pthread_mutex_init(&s->mutex, &mutex_kind);
	pthread_cond_init(&s->changed, &condition_kind);
	told("semaphore", sem_init(&s->semaphore, 1, 0));
	for (int i = 0; i < 4; i++) {
		if (fork() == 0) {
			for (int k = 0; k < 500; k++) {
				pthread_mutex_lock(&s->mutex);
				long before = s->count;
				if (k % 50 == 0) usleep(100);
				s->count = before + 1;
				pthread_mutex_unlock(&s->mutex);
			}
			pthread_mutex_lock(&s->mutex);
			while (s->turn != i) pthread_cond_wait(&s->changed, &s->mutex);
			say("turn of %d\n", i);
			s->turn++;
			pthread_cond_broadcast(&s->changed);
			pthread_mutex_unlock(&s->mutex);
			sem_post(&s->semaphore);
			_exit(0);
		}
	}
	for (int i = 0; i < 4; i++) sem_wait(&s->semaphore);
	while (wait(NULL) > 0) {}
	say("count %ld\n", s->count);

	sem_unlink("/javix-sem");
	sem_t *named = sem_open("/javix-sem", O_CREAT | O_EXCL, 0600, 0);
	say("named %d\n", named != SEM_FAILED);
	if (fork() == 0) {
		sem_t *same = sem_open("/javix-sem", 0);
		say("child posts\n");
		sem_post(same);
		_exit(0);
	}
	told("wait", sem_wait(named));
	int value = -1;
	sem_getvalue(named, &value);
	say("parent, value %d\n", value);
	wait(NULL);
	told("unlink", sem_unlink("/javix-sem"));
	told("close", sem_close(named));
	return 0;
}
