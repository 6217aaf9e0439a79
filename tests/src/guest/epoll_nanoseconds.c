// epoll_pwait2: a time in nanoseconds.
#include "check.h"
#include <sys/epoll.h>
#include <sys/syscall.h>

static int wait_for(int epoll, struct epoll_event *event, struct timespec *time)
{
	return syscall(441, epoll, event, 1, time, 0, 8);
}

int main(void)
{
	int p[2], e = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN };
	pipe(p);
	epoll_ctl(e, EPOLL_CTL_ADD, p[0], &event);
	struct timespec short_time = { 0, 20000000 }, bad = { 0, 1000000000 }, before, after;
	clock_gettime(CLOCK_MONOTONIC, &before);
	say("nothing: %d\n", wait_for(e, &event, &short_time));
	clock_gettime(CLOCK_MONOTONIC, &after);
	say("waited %d\n", (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec >= 20000000);
	int error = wait_for(e, &event, &bad);
	say("bad time: %d, %s\n", error, strerror(errno));
	write(p[1], "x", 1);
	say("something: %d\n", wait_for(e, &event, 0));
	return 0;
}
