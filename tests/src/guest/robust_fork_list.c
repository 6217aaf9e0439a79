/* What a child locks after a fork does not get into its parent's list of robust mutexes. */
#include "check.h"
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static pthread_mutex_t own;

static int list_is_empty(void)
{
	void **head;
	size_t length;
	return !syscall(SYS_get_robust_list, 0, &head, &length) && *head == head;
}

int main(void)
{
	pthread_mutex_t *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(shared, &attributes);
	pthread_mutex_init(&own, &attributes);
	pthread_mutex_lock(shared);
	say("locked, empty %d\n", list_is_empty());
	pid_t child = fork();
	if (!child) {
		say("in the child, before it locks, empty %d\n", list_is_empty());
		pthread_mutex_lock(&own);
		say("it has locked, empty %d\n", list_is_empty());
		pthread_mutex_unlock(&own);
		say("and unlocked, empty %d\n", list_is_empty());
		pthread_mutex_lock(&own);
		_exit(0);
	}
	reap("child", child);
	pthread_mutex_unlock(shared);
	say("unlocked, empty %d\n", list_is_empty());
	return 0;
}
