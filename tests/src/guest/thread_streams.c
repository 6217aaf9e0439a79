// The child of a thread may use the streams that other threads held at the fork.
#include "check.h"
#include <pthread.h>

static pthread_barrier_t barrier;

static void *holds(void *stream)
{
	flockfile(stream);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	funlockfile(stream);
	return NULL;
}

static void try(const char *name, FILE *held, FILE *own)
{
	pthread_t thread;
	pthread_create(&thread, NULL, holds, held);
	pthread_barrier_wait(&barrier);
	flockfile(own);
	pid_t pid = fork();
	if (!pid) {
		fputs("", held);
		fputs("", own);
		funlockfile(own);
		say("%s: %d %d\n", name, ftrylockfile(held), ftrylockfile(own));
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	funlockfile(own);
	pthread_barrier_wait(&barrier);
	pthread_join(thread, NULL);
}

int main(void)
{
	FILE *file = tmpfile();
	pthread_barrier_init(&barrier, NULL, 2);
	try("stdout held", stdout, file);
	try("a file held", file, stdout);
	try("stdin held", stdin, stderr);
	return 0;
}
