// timerfd: once, in intervals, absolute, disarmed, polled, inherited, wrong arguments.
#include "check.h"
#include <poll.h>
#include <stdint.h>
#include <sys/timerfd.h>

static void get(const char *what, int fd)
{
	uint64_t value = 77;
	int got = read(fd, &value, sizeof value);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %d bytes, %llu\n", what, got, (unsigned long long)value);
}

static int set(int fd, int flags, long long first_ms, long long interval_ms, struct itimerspec *old)
{
	struct itimerspec new = {
		.it_value = { first_ms / 1000, first_ms % 1000 * 1000000 },
		.it_interval = { interval_ms / 1000, interval_ms % 1000 * 1000000 },
	};
	return timerfd_settime(fd, flags, &new, old);
}

static long long now_ms(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

int main(void)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	struct itimerspec left;
	get("off", fd);
	say("set %d\n", set(fd, 0, 100000, 0, 0));
	get("not yet", fd);
	set(fd, 0, 20, 0, 0);
	struct pollfd p = { fd, POLLIN | POLLOUT, 0 };
	int ready = poll(&p, 1, -1);
	say("poll %d %x\n", ready, p.revents);
	get("once", fd);
	get("no more", fd);
	timerfd_gettime(fd, &left);
	say("off again %d %d\n", (int)left.it_value.tv_sec, (int)left.it_value.tv_nsec);

	set(fd, 0, 100000, 5000, 0);
	timerfd_gettime(fd, &left);
	say("left %d interval %d\n", left.it_value.tv_sec >= 50 && left.it_value.tv_sec <= 100, (int)left.it_interval.tv_sec);
	say("disarm %d\n", set(fd, 0, 0, 0, &left));
	say("was %d %d\n", left.it_value.tv_sec >= 50, (int)left.it_interval.tv_sec);

	// As many times as the interval fits into the time that has passed, which the clock bounds on both sides.
	long long before_set = now_ms(CLOCK_MONOTONIC);
	set(fd, 0, 10, 10, 0);
	long long after_set = now_ms(CLOCK_MONOTONIC);
	sleep_ms(105);
	uint64_t many = 0;
	long long before_read = now_ms(CLOCK_MONOTONIC);
	read(fd, &many, sizeof many);
	long long least = (before_read - after_set - 1) / 10, most = (now_ms(CLOCK_MONOTONIC) - before_set + 1) / 10;
	say("interval %d\n", many >= least && many <= most);
	sleep_ms(25);
	say("again %d\n", (int)read(fd, &many, sizeof many));
	set(fd, 0, 0, 10, 0);
	sleep_ms(30);
	get("an interval alone", fd);
	set(fd, 0, 10, 0, 0);
	sleep_ms(30);
	set(fd, 0, 100000, 0, 0);
	get("set again forgets", fd);

	fcntl(fd, F_SETFL, 0);
	set(fd, TFD_TIMER_ABSTIME, now_ms(CLOCK_MONOTONIC) + 30, 0, 0);
	get("absolute", fd);
	set(fd, TFD_TIMER_ABSTIME, 1, 0, 0);
	get("long ago", fd);
	int wall = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
	say("cloexec %d\n", fcntl(wall, F_GETFD));
	set(wall, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, now_ms(CLOCK_REALTIME) + 30, 0, 0);
	get("wall", wall);
	int boot = timerfd_create(CLOCK_BOOTTIME, 0);
	set(boot, 0, 10, 0, 0);
	if (!fork()) {
		get("child", boot);
		_exit(0);
	}
	wait(0);

	told("wrong clock", timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0));
	told("wrong flags", timerfd_create(CLOCK_MONOTONIC, 1));
	told("wrong set flags", set(fd, 8, 1, 0, 0));
	struct itimerspec bad = { .it_value = { 0, 1000000000 } };
	told("wrong time", timerfd_settime(fd, 0, &bad, 0));
	bad = (struct itimerspec) { .it_value = { -1, 0 } };
	told("negative time", timerfd_settime(fd, 0, &bad, 0));
	told("no timer", set(0, 0, 1, 0, 0));
	told("no descriptor", set(99, 0, 1, 0, 0));
	told("no timer to get", timerfd_gettime(1, &left));
	told("write", write(fd, &left, 8));
	char small[7];
	told("small read", read(fd, small, 7));
	char link[64], path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int n = readlink(path, link, sizeof link);
	say("link %.*s\n", n, link);
	return 0;
}
