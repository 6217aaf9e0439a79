#include <mqueue.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "syscall.h"

/* With SIGEV_THREAD the system tells a descriptor instead of sending a signal. On Linux it is a netlink
 * socket; here an event counter, which becomes 1 when a message has come, and 2 when the
 * registration is gone without one. */
#define MESSAGE_CAME 1

struct waiting {
	pthread_barrier_t started;
	int events;
	void (*function)(union sigval);
	union sigval value;
};

static void *wait_for_message(void *argument)
{
	struct waiting *shared = argument;
	int events = shared->events;
	void (*function)(union sigval) = shared->function;
	union sigval value = shared->value;
	uint64_t what = 0;

	pthread_barrier_wait(&shared->started);
	ssize_t got = read(events, &what, sizeof what);
	close(events);
	if (got == sizeof what && what == MESSAGE_CAME) function(value);
	return 0;
}

int mq_notify(mqd_t queue, const struct sigevent *event)
{
	if (!event || event->sigev_notify != SIGEV_THREAD) return syscall(SYS_mq_notify, queue, event);

	struct waiting shared = { .function = event->sigev_notify_function, .value = event->sigev_value };
	shared.events = eventfd(0, EFD_CLOEXEC);
	if (shared.events < 0) return -1;

	pthread_attr_t attributes;
	pthread_t thread;
	if (event->sigev_notify_attributes) attributes = *event->sigev_notify_attributes;
	else pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_barrier_init(&shared.started, 0, 2);
	if (pthread_create(&thread, &attributes, wait_for_message, &shared)) {
		close(shared.events);
		errno = EAGAIN;
		return -1;
	}
	pthread_barrier_wait(&shared.started);
	pthread_barrier_destroy(&shared.started);

	struct sigevent told = { .sigev_notify = SIGEV_THREAD, .sigev_signo = shared.events };
	if (syscall(SYS_mq_notify, queue, &told) < 0) {
		int error = errno;
		uint64_t nothing = MESSAGE_CAME + 1;
		write(shared.events, &nothing, sizeof nothing);
		errno = error;
		return -1;
	}
	return 0;
}
