// What ends a thread and what ends its process: exit, faults, signals, deadlocks.
#include "check.h"
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *sleep_on(void *a) { pause(); return 0; }
static void *spin(void *a) { for (volatile unsigned i = 0; ; i++); }
static void *lock(void *a) { pthread_mutex_lock(&mutex); return 0; }
static void *fault(void *a) { *(volatile int *)-64 = 1; return 0; }
static void *abort_here(void *a) { abort(); }
static void *exit_here(void *a) { exit(6); }
static void *recurse(void *a)
{
	volatile char frame[1000];
	frame[0] = 1;
	return (char *)recurse((char *)a + 1) + frame[0];
}

static pthread_t start(void *(*function)(void *))
{
	pthread_t id;
	pthread_create(&id, 0, function, 0);
	return id;
}

static void with_fault(void) { start(sleep_on); pthread_join(start(fault), 0); }
static void with_abort(void) { start(spin); pthread_join(start(abort_here), 0); }
static void with_overflow(void) { pthread_join(start(recurse), 0); }
static void with_exit(void) { start(spin); pthread_join(start(exit_here), 0); }
static void returning(void) { start(spin); start(sleep_on); exit(7); }
static void after_the_first(void) { start(exit_here); pthread_exit(0); }
static void deadlocked(void)
{
	pthread_mutex_lock(&mutex);
	for (int i = 0; i < 3; i++) start(lock);
	start(spin);
	pthread_mutex_lock(&mutex);
}

static void ends(const char *how, void (*function)(void), int signal)
{
	int status;
	pid_t pid = fork();
	if (!pid) {
		function();
		_exit(99);
	}
	if (signal) {
		usleep(200000);
		kill(pid, signal);
	}
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status)) say("%s: signal %d\n", how, WTERMSIG(status));
	else say("%s: status %d\n", how, WEXITSTATUS(status));
}

int main(void)
{
	ends("exit by a thread", with_exit, 0);
	ends("return from main", returning, 0);
	ends("exit after the first thread", after_the_first, 0);
	ends("fault", with_fault, 0);
	ends("abort", with_abort, 0);
	ends("overflow of a stack", with_overflow, 0);
	ends("deadlock", deadlocked, SIGTERM);
	ends("deadlock", deadlocked, SIGKILL);
}
