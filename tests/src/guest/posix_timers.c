/* timer_create and its family: signals with values, absolute and relative times, overruns, and the errors. */
#include "check.h"
#include <sys/time.h>

static volatile int count;
static volatile int code, value, overrun;

static void handler(int sig, siginfo_t *info, void *context)
{
	count++;
	code = info->si_code;
	value = info->si_value.sival_int;
	if (overrun < info->si_overrun) overrun = info->si_overrun;
}

static void wait_for(int n)
{
	sigset_t block, old;
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	sigaddset(&block, SIGALRM);
	sigprocmask(SIG_BLOCK, &block, &old);
	while (count < n) sigsuspend(&old);
	sigprocmask(SIG_SETMASK, &old, 0);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	sigaction(SIGUSR1, &sa, 0);
	sigaction(SIGALRM, &sa, 0);
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77 };
	struct itimerspec set = { .it_value = { 0, 5000000 } }, now;
	timer_t timer, other;
	clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };
	for (int i = 0; i < 2; i++) {
		say("create: %d\n", timer_create(clocks[i], &event, &timer));
		timer_gettime(timer, &now);
		say("off: %ld %ld\n", (long)now.it_value.tv_sec, (long)now.it_value.tv_nsec);
		count = overrun = 0;
		say("set: %d\n", timer_settime(timer, 0, &set, 0));
		wait_for(1);
		say("code %d value %d overrun %d\n", code, value, overrun);
		timer_gettime(timer, &now);
		say("off again: %ld %ld\n", (long)now.it_value.tv_sec, (long)now.it_value.tv_nsec);

		/* A time in the past expires at once. */
		struct itimerspec past = { .it_value = { 1, 0 } };
		count = 0;
		timer_settime(timer, TIMER_ABSTIME, &past, 0);
		wait_for(1);
		say("past: %d\n", count);
		clock_gettime(clocks[i], &past.it_value);
		past.it_value.tv_sec += 100;
		timer_settime(timer, TIMER_ABSTIME, &past, 0);
		struct itimerspec old;
		timer_settime(timer, 0, &set, &old);
		say("was: %d\n", old.it_value.tv_sec >= 50 && old.it_value.tv_sec <= 100);
		count = 0;
		struct itimerspec periodic = { .it_value = { 0, 2000000 }, .it_interval = { 0, 2000000 } };
		timer_settime(timer, 0, &periodic, 0);
		wait_for(5);
		timer_gettime(timer, &now);
		say("interval: %ld, running %d\n", (long)now.it_interval.tv_nsec, now.it_value.tv_nsec > 0);

		/* While the signal is blocked, expiries are counted. */
		sigset_t block, rest;
		sigemptyset(&block);
		sigaddset(&block, SIGUSR1);
		sigprocmask(SIG_BLOCK, &block, &rest);
		sleep_ms(60);
		count = overrun = 0;
		sigprocmask(SIG_SETMASK, &rest, 0);
		say("overrun: %d %d\n", overrun > 10, timer_getoverrun(timer) >= 0);
		say("delete: %d\n", timer_delete(timer));
		int r = timer_delete(timer);
		say("again: %d\n", r != 0);
		r = timer_gettime(timer, &now);
		say("gettime: %d %s\n", r, strerror(errno));
		r = timer_getoverrun(timer);
		say("getoverrun: %d %s\n", r, strerror(errno));
	}
	/* Without an event: SIGALRM. */
	count = 0;
	timer_create(CLOCK_MONOTONIC, 0, &timer);
	timer_settime(timer, 0, &set, 0);
	wait_for(1);
	say("default: code %d\n", code);
	struct itimerspec wrong = { .it_value = { 0, 1000000000 } };
	int r = timer_settime(timer, 0, &wrong, 0);
	say("bad time: %d %s\n", r, strerror(errno));
	event.sigev_notify = SIGEV_NONE;
	timer_create(CLOCK_MONOTONIC, &event, &other);
	struct itimerspec hundred = { .it_value = { 100, 0 } };
	timer_settime(other, 0, &hundred, 0);
	timer_gettime(other, &now);
	say("silent: %d\n", now.it_value.tv_sec >= 50 && now.it_value.tv_sec < 100);
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = 1000;
	r = timer_create(CLOCK_MONOTONIC, &event, &other);
	say("bad signal: %d %s\n", r, strerror(errno));
	event.sigev_signo = SIGUSR1;
	r = timer_create(1234, &event, &other);
	say("bad clock: %d %s\n", r, strerror(errno));

	/* CPU time. */
	clockid_t cpu;
	say("cpu clock: %d\n", clock_getcpuclockid(0, &cpu));
	clockid_t cpus[] = { CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, cpu };
	for (int i = 0; i < 3; i++) {
		struct itimerspec busy = { .it_value = { 0, 200000000 } };
		count = 0;
		timer_create(cpus[i], &event, &other);
		timer_settime(other, 0, &busy, 0);
		sleep_ms(60);
		say("slept: %d\n", count);
		volatile long spin = 0;
		while (!count) spin++;
		say("spun: %d\n", count);
		timer_delete(other);
	}
	struct itimerval virtual = { .it_value = { 0, 20000 } };
	on_signal(SIGVTALRM, (void (*)(int))handler, SA_SIGINFO);
	on_signal(SIGPROF, (void (*)(int))handler, SA_SIGINFO);
	count = 0;
	setitimer(ITIMER_VIRTUAL, &virtual, 0);
	while (!count);
	say("virtual: %d\n", count);
	count = 0;
	setitimer(ITIMER_PROF, &virtual, 0);
	while (!count);
	say("prof: %d\n", count);

	/* A child has none of them. */
	timer_settime(timer, 0, &hundred, 0);
	pid_t child = fork();
	if (!child) {
		r = timer_gettime(timer, &now);
		say("in the child: %d %s\n", r, strerror(errno));
		_exit(0);
	}
	reap("child", child);
	struct timespec rest, request = { 1000, 0 };
	count = 0;
	set.it_interval = set.it_value; // until it interrupts: the first may come before the sleep
	timer_settime(timer, 0, &set, 0);
	r = clock_nanosleep(CLOCK_REALTIME, 0, &request, &rest);
	say("sleep: %d, left %d\n", r == EINTR, rest.tv_sec >= 500 && rest.tv_sec < 1000);
	timer_delete(timer);
	r = clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &request, &rest);
	say("thread clock: %s\n", strerror(r));
	r = clock_nanosleep(77, 0, &request, &rest);
	say("no clock: %s\n", strerror(r));
	return 0;
}
