// Signals to threads, and to a process that has several.
#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static _Thread_local int self;
static atomic_int handled_by[3], accepted, stop;
static sem_t ready;

static void handler(int signal) { handled_by[self]++; }

static sigset_t set_of(int signal)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, signal);
	return set;
}

static void *block_all(void *a)
{
	sigset_t all, set = set_of(SIGUSR2);
	int got;
	self = 1;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, 0);
	sem_post(&ready);
	sigwait(&set, &got);
	accepted = got;
	return 0;
}

static void *compute(void *a)
{
	self = 2;
	sem_post(&ready);
	while (!stop);
	return 0;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler };
	sigset_t set = set_of(SIGUSR2), pending;
	pthread_t blocking, computing;
	sem_init(&ready, 0, 0);
	sigaction(SIGUSR1, &action, 0);
	pthread_sigmask(SIG_BLOCK, &set, 0);
	pthread_create(&blocking, 0, block_all, 0);
	pthread_create(&computing, 0, compute, 0);
	sem_wait(&ready);
	sem_wait(&ready);

	pthread_kill(computing, SIGUSR1);
	while (!handled_by[2]);
	say("to a thread that computes: %d\n", handled_by[2]);
	pthread_kill(blocking, SIGUSR1);
	usleep(20000);
	say("to one that blocks it: %d\n", handled_by[1]);

	set = set_of(SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, 0);
	kill(getpid(), SIGUSR1);
	while (handled_by[2] < 2);
	say("to the process: %d by the first thread, %d by the one that does not block it\n", handled_by[0], handled_by[2]);

	kill(getpid(), SIGUSR2);
	pthread_join(blocking, 0);
	say("accepted: %d\n", accepted == SIGUSR2);
	stop = 1;
	pthread_join(computing, 0);
	pthread_kill(pthread_self(), SIGUSR1);
	sigpending(&pending);
	say("pending: %d\n", sigismember(&pending, SIGUSR1));
	pthread_sigmask(SIG_UNBLOCK, &set, 0);
	say("handled: %d\n", handled_by[0]);
}
