// Robust mutexes in memory that processes share: a child that dies with one, whose parent had locked one before the fork.

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t *mutexes;

static void lock(const char *who, int i)
{
	int e = pthread_mutex_lock(&mutexes[i]);
	printf("%s locks %d: %s\n", who, i, e == EOWNERDEAD ? "its owner has died" : e ? strerror(e) : "yes");
	if (e == EOWNERDEAD) printf("made consistent: %d\n", pthread_mutex_consistent(&mutexes[i]));
	fflush(stdout);
}

static void child_that_dies_with(int i)
{
	fflush(stdout);
	pid_t pid = fork();
	if (!pid) {
		lock("the child", i);
		_exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	printf("status %d\n", status);
}

int main(void)
{
	mutexes = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	for (int i = 0; i < 3; i++) pthread_mutex_init(&mutexes[i], &attributes);
	child_that_dies_with(0);
	lock("the parent", 0);
	child_that_dies_with(1);
	lock("the parent", 1);
	child_that_dies_with(2);
	lock("the parent", 2);
	for (int i = 0; i < 3; i++) printf("unlock %d: %d\n", i, pthread_mutex_unlock(&mutexes[i]));
	child_that_dies_with(1);
	lock("the parent", 1);
	printf("unlock: %d\n", pthread_mutex_unlock(&mutexes[1]));
}
