// fork in a process with threads: the child has one, and a copy of the memory as it was at one moment.
#include "check.h"
#include <pthread.h>
#include <stdatomic.h>

static int prepared, in_parent, in_child;
static void prepare(void) { prepared++; }
static void parent(void) { in_parent++; }
static void child(void) { in_child++; }

static atomic_int stop;
static volatile long pair[2];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *change(void *a)
{
	while (!stop) {
		pthread_mutex_lock(&mutex);
		pair[0]++;
		pair[1]++;
		pthread_mutex_unlock(&mutex);
		free(malloc(100));
	}
	return 0;
}

static void *compute(void *a)
{
	for (volatile long i = 0; !stop; i++);
	return 0;
}

static void *sleep_on(void *a)
{
	pause();
	return 0;
}

static void *number(void *a)
{
	return (void *)(long)getpid();
}

static int threads(void)
{
	char line[200];
	int count = 0;
	FILE *status = fopen("/proc/self/status", "r");
	while (fgets(line, sizeof line, status) && sscanf(line, "Threads: %d", &count) != 1);
	fclose(status);
	return count;
}

static void *start(void *(*function)(void *))
{
	pthread_t id;
	pthread_create(&id, 0, function, 0);
	return (void *)id;
}

// What a forked child did, started by a thread that is not the first.
static int status_of(void (*function)(void))
{
	int status;
	pid_t pid = fork();
	if (!pid) {
		start(sleep_on);
		function();
		_exit(99);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void exits(void) { exit(5); }
static void execs(void) { execl("/proc/self/exe", "program", "again", (char *)0); }
static void *exec_here(void *a) { execs(); return 0; }
static void execs_from_another(void) { start(exec_here); pause(); }
static void first_ends(void) { alarm(1); pthread_exit(0); }

int main(int argc, char **argv)
{
	pthread_t ids[4];
	if (argc > 1) return threads() == 1 ? 3 : 4;
	pthread_atfork(prepare, parent, child);
	void *(*functions[])(void *) = { change, change, compute, sleep_on };
	for (int i = 0; i < 4; i++) pthread_create(&ids[i], 0, functions[i], 0);
	say("%d threads\n", threads());
	int torn = 0;
	for (int i = 0; i < 40; i++) {
		int status;
		pthread_mutex_lock(&mutex);
		pid_t pid = fork();
		if (!pid) {
			int whole = pair[0] == pair[1];
			pthread_mutex_unlock(&mutex);
			free(malloc(1000));
			if (i == 7) {
				void *result;
				pthread_t id;
				say("in the child %d\n", threads());
				whole &= !pthread_create(&id, 0, number, 0);
				whole &= !pthread_join(id, &result) && (long)result == getpid();
			}
			_exit(!whole || in_child != 1);
		}
		pthread_mutex_unlock(&mutex);
		waitpid(pid, &status, 0);
		torn += status != 0;
	}
	say("torn %d, handlers %d %d %d\n", torn, prepared, in_parent, in_child);
	stop = 1;
	for (int i = 0; i < 3; i++) pthread_join(ids[i], 0);
	say("exit %d\n", status_of(exits));
	say("exec %d\n", status_of(execs));
	say("exec from another thread %d\n", status_of(execs_from_another));
	say("the first thread ends %d\n", status_of(first_ends));
}
