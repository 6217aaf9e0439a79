// A thread joins the first one, also in the child of a process that has threads.
#include "check.h"
#include <pthread.h>

static void *joins(void *first)
{
	void *result;
	int error = pthread_join((pthread_t)first, &result);
	say("joined: %d, %d\n", error, (int)(long)result);
	exit(0);
}

static void end(void)
{
	pthread_t thread;
	pthread_create(&thread, NULL, joins, (void *)pthread_self());
	pthread_exit((void *)7);
}

int main(void)
{
	pid_t pid = fork();
	if (!pid) end();
	reap("child", pid);
	end();
}
