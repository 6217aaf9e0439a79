// Attributes of threads and of mutexes: what they are at first, and what is refused.
#include "check.h"
#include <limits.h>
#include <pthread.h>
#include <sched.h>

static void gave(const char *what, int error)
{
	say("%s: %s\n", what, error ? strerror(error) : "done");
}

static void *joins_itself(void *unused)
{
	gave("join oneself", pthread_join(pthread_self(), NULL));
	return NULL;
}

static void *waits(void *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	return NULL;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_mutexattr_t kind;
	pthread_mutex_t mutex, held = PTHREAD_MUTEX_INITIALIZER;
	pthread_t thread;
	void *address;
	size_t size;
	int value;
	pthread_attr_init(&attributes);
	gave("stack", pthread_attr_getstack(&attributes, &address, &size));
	say("at %d, the smallest is whole pages: %d\n", address != NULL, PTHREAD_STACK_MIN % 4096 == 0);
	gave("policy", pthread_attr_setschedpolicy(&attributes, 999));
	struct sched_param priority = { .sched_priority = 1 };
	gave("priority of SCHED_OTHER", pthread_attr_setschedparam(&attributes, &priority));
	gave("SCHED_RR", pthread_attr_setschedpolicy(&attributes, SCHED_RR));
	gave("its priority", pthread_attr_setschedparam(&attributes, &priority));
	priority.sched_priority = 100;
	gave("too high", pthread_attr_setschedparam(&attributes, &priority));

	pthread_create(&thread, NULL, joins_itself, NULL);
	gave("join", pthread_join(thread, NULL));
	pthread_mutex_lock(&held);
	pthread_create(&thread, NULL, waits, &held);
	gave("detach", pthread_detach(thread));
	gave("join what is detached", pthread_join(thread, NULL));
	pthread_mutex_unlock(&held);

	pthread_mutexattr_init(&kind);
	gave("inherit", pthread_mutexattr_setprotocol(&kind, PTHREAD_PRIO_INHERIT));
	gave("ask", pthread_mutexattr_getprotocol(&kind, &value));
	say("inherits: %d\n", value == PTHREAD_PRIO_INHERIT);
	gave("protect", pthread_mutexattr_setprotocol(&kind, PTHREAD_PRIO_PROTECT));
	gave("ask", pthread_mutexattr_getprotocol(&kind, &value));
	say("protects: %d\n", value == PTHREAD_PRIO_PROTECT);
	gave("no protocol", pthread_mutexattr_setprotocol(&kind, 7));
	gave("ceiling", pthread_mutexattr_setprioceiling(&kind, 20));
	gave("too high", pthread_mutexattr_setprioceiling(&kind, 100));
	gave("ask", pthread_mutexattr_getprioceiling(&kind, &value));
	say("ceiling %d\n", value);
	gave("mutex", pthread_mutex_init(&mutex, &kind));
	gave("its ceiling", pthread_mutex_getprioceiling(&mutex, &value));
	say("ceiling %d\n", value);
	gave("none", pthread_mutex_getprioceiling(&held, &value));
	return 0;
}
