/* Timers and message queues that start a function in a thread. */
#include "check.h"
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>

static sem_t called;
static pthread_t first;
static int values[3], in_first, detached, blocked, used;
/* New for each call. */
static _Thread_local int own = 7;

static void call(union sigval value)
{
	pthread_attr_t attributes;
	int state = -1;
	sigset_t mask;
	values[value.sival_int]++;
	used += own++ != 7;
	in_first += pthread_equal(pthread_self(), first) != 0;
	pthread_getattr_np(pthread_self(), &attributes);
	pthread_attr_getdetachstate(&attributes, &state);
	detached += state == PTHREAD_CREATE_DETACHED;
	pthread_sigmask(SIG_BLOCK, 0, &mask);
	blocked += sigismember(&mask, SIGKILL);
	sem_post(&called);
}

static void wait_for(int times)
{
	while (times--) while (sem_wait(&called));
}

int main(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = call };
	struct itimerspec once = { .it_value.tv_nsec = 1000000 }, often = { { 0, 1000000 }, { 0, 1000000 } }, left;
	timer_t one, other;

	/* A null pointer is no address in programs that map memory. */
	*(char *)mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) = 1;
	sem_init(&called, 0, 0);
	first = pthread_self();
	told("timer_create", timer_create(CLOCK_MONOTONIC, &event, &one));
	told("timer_settime", timer_settime(one, 0, &once, 0));
	wait_for(1);
	told("timer_gettime", timer_gettime(one, &left));
	say("left %ld\n", (long)(left.it_value.tv_sec + left.it_value.tv_nsec));
	told("again", timer_settime(one, 0, &once, 0));
	wait_for(1);
	event.sigev_value.sival_int = 1;
	told("another", timer_create(CLOCK_REALTIME, &event, &other));
	told("often", timer_settime(other, 0, &often, 0));
	wait_for(3);
	told("timer_delete", timer_delete(other));
	told("timer_delete", timer_delete(one));
	say("the first %d, the other at least 3: %d\n", values[0], values[1] >= 3);

	struct mq_attr shape = { .mq_maxmsg = 2, .mq_msgsize = 8 };
	mqd_t queue = mq_open("/timer_threads", O_CREAT | O_RDWR | O_EXCL, 0600, &shape);
	event.sigev_value.sival_int = 2;
	told("mq_notify", mq_notify(queue, &event));
	told("mq_notify", mq_notify(queue, &event));
	told("mq_send", mq_send(queue, "x", 1, 0));
	while (!values[2]) wait_for(1);
	told("mq_notify", mq_notify(queue, &event));
	told("no more", mq_notify(queue, 0));
	mq_unlink("/timer_threads");
	say("variables of the thread used before %d\n", used);
	say("in the first thread %d, detached all: %d, SIGKILL blocked %d\n", in_first, detached == values[0] + values[1] + values[2], blocked);
	return 0;
}
