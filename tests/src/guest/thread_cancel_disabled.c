// A thread that may not be cancelled goes on as if nothing had come, and ends when it may.
#include "check.h"
#include <poll.h>
#include <pthread.h>
#include <sys/select.h>

static int ends[2];
static pthread_barrier_t barrier;

static void *in_poll(void *unused)
{
	struct pollfd fd = { ends[0], POLLIN };
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_barrier_wait(&barrier);
	say("poll: %d\n", poll(&fd, 1, -1));
	return NULL;
}

static void *in_select(void *unused)
{
	fd_set set;
	FD_ZERO(&set);
	FD_SET(ends[0], &set);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_barrier_wait(&barrier);
	say("select: %d\n", select(ends[0] + 1, &set, NULL, NULL, NULL));
	return NULL;
}

static void *until_enabled(void *unused)
{
	struct pollfd fd = { ends[0], POLLIN };
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_barrier_wait(&barrier);
	say("poll: %d\n", poll(&fd, 1, -1));
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	poll(&fd, 1, -1);
	say("not cancelled\n");
	return NULL;
}

static void *at_once(void *unused)
{
	struct pollfd fd = { ends[0], POLLIN };
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	pthread_barrier_wait(&barrier);
	poll(&fd, 1, -1);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	for (;;);
}

static void try(const char *name, void *(*function)(void *))
{
	pthread_t thread;
	void *result;
	char c = 0;
	pthread_create(&thread, NULL, function, NULL);
	pthread_barrier_wait(&barrier);
	// Most often it waits by now; the outcome is the same if it does not.
	usleep(20000);
	pthread_cancel(thread);
	usleep(20000);
	write(ends[1], &c, 1);
	pthread_join(thread, &result);
	read(ends[0], &c, 1);
	say("%s: %s\n", name, result == PTHREAD_CANCELED ? "cancelled" : "returned");
}

int main(void)
{
	pipe(ends);
	pthread_barrier_init(&barrier, NULL, 2);
	try("poll", in_poll);
	try("select", in_select);
	try("enabled", until_enabled);
	try("asynchronous", at_once);
	return 0;
}
