/* Calls about signals, clocks and timers, with arguments that are wrong. */
#include "errors.h"
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>

#define NOBODY_HAS_IT 9999999

static void sending(void)
{
	union sigval value = { 0 };
	siginfo_t info = { 0 };
	TRY(kill(getpid(), -1));
	TRY(kill(getpid(), 65));
	TRY(kill(getpid(), 0));
	TRY(kill(NOBODY_HAS_IT, 0));
	TRY(kill(NOBODY_HAS_IT, 99));
	TRY(kill(-NOBODY_HAS_IT, SIGTERM));
	TRY(kill(INT_MIN, SIGTERM));
	TRY(raise(99));
	TRY(raise(0));
	TRY(killpg(-1, SIGTERM));
	TRY(killpg(NOBODY_HAS_IT, 0));
	TRY(sigqueue(getpid(), 99, value));
	TRY(sigqueue(NOBODY_HAS_IT, SIGTERM, value));
	TRY(sigqueue(getpid(), 0, value));
	TRY(sigqueue(-1, 0, value));
	TRY(syscall(SYS_tkill, NOBODY_HAS_IT, 0));
	TRY(syscall(SYS_tkill, 0, 0));
	TRY(syscall(SYS_tkill, -1, 0));
	TRY(syscall(SYS_tgkill, getpid(), NOBODY_HAS_IT, 0));
	TRY(syscall(SYS_tgkill, 1, getpid(), 0));
	TRY(syscall(SYS_tgkill, -1, getpid(), 0));
	TRY(syscall(SYS_tgkill, getpid(), getpid(), 99));
	info.si_code = SI_USER;
	TRY(syscall(SYS_rt_sigqueueinfo, getppid(), 0, &info));
	TRY(syscall(SYS_rt_sigqueueinfo, getpid(), 0, &info));
	TRY(syscall(SYS_rt_sigqueueinfo, getpid(), 0, BAD));
	TRY_ERROR(pthread_kill(pthread_self(), 99));
	TRY_ERROR(pthread_kill(pthread_self(), 0));
	IN_CHILD(become_nobody(); TRY(kill(1, 0)); TRY(kill(1, SIGTERM)); TRY(kill(getppid(), SIGCONT)); TRY(sigqueue(1, SIGTERM, value)));
}

static void handling(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };
	sigset_t set;
	stack_t stack = { (void *)&set, 0, 10 };
	static char room[65536];
	struct timespec wrong = { 0, -1 }, none = { 0, 0 };
	sigemptyset(&set);
	TRY(sigaction(0, &action, 0));
	TRY(sigaction(65, &action, 0));
	TRY(sigaction(-1, &action, 0));
	TRY(sigaction(SIGKILL, &action, 0));
	TRY(sigaction(SIGSTOP, &action, 0));
	TRY(sigaction(SIGKILL, 0, &action));
	TRY((intptr_t)signal(SIGKILL, SIG_DFL));
	TRY((intptr_t)signal(99, SIG_DFL));
	TRY(sigaddset(&set, 0));
	TRY(sigaddset(&set, 99));
	TRY(sigdelset(&set, 99));
	TRY(sigismember(&set, 99));
	TRY(sigprocmask(99, &set, 0));
	TRY(sigprocmask(99, 0, &set));
	TRY_ERROR(pthread_sigmask(99, &set, 0));
	TRY(sigpending(BAD));
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	TRY(sigtimedwait(&set, 0, &wrong));
	TRY(sigtimedwait(&set, 0, &none));
	TRY(sigtimedwait(BAD, 0, &none));
	TRY(siginterrupt(99, 0));
	TRY(sigaltstack(&stack, 0));
	stack.ss_flags = 99;
	TRY(sigaltstack(&stack, 0));
	stack = (stack_t) { room, 0, sizeof room };
	TRY(sigaltstack(&stack, 0));
	TRY(sigaltstack(0, BAD));
	TRY(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, 0, 4));
	TRY(syscall(SYS_rt_sigpending, &set, 99));
	TRY(syscall(SYS_rt_sigsuspend, &set, 99));
	TRY(syscall(SYS_rt_sigaction, SIGUSR1, 0, 0, 99));
	TRY(sigset(99, SIG_IGN));
	TRY(sighold(99));
	TRY(sigrelse(99));
	TRY(sigignore(99));
	TRY(sigignore(SIGKILL));
}

static void clocks(void)
{
	struct timespec time = { 0, 0 }, wrong = { 0, 1000000000 }, negative = { -1, 0 };
	struct timeval value = { 0, 1000000 };
	struct timex timex = { 0 };
	clockid_t clock;
	TRY(clock_gettime(99, &time));
	TRY(clock_gettime(-1, &time));
	TRY(clock_getres(99, &time));
	TRY(clock_getres(CLOCK_MONOTONIC, 0));
	TRY(clock_settime(CLOCK_MONOTONIC, &time));
	TRY(clock_settime(99, &time));
	TRY(clock_settime(CLOCK_REALTIME, &wrong));
	TRY(nanosleep(&wrong, 0));
	TRY(nanosleep(&negative, 0));
	TRY_ERROR(clock_nanosleep(99, 0, &time, 0));
	TRY_ERROR(clock_nanosleep(CLOCK_REALTIME, 0, &wrong, 0));
	TRY_ERROR(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &negative, 0));
	TRY_ERROR(clock_nanosleep(CLOCK_MONOTONIC, 0, &negative, 0));
	TRY_ERROR(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &time, 0));
	TRY(settimeofday(&value, 0));
	TRY(clock_adjtime(99, &timex));
	TRY(clock_adjtime(CLOCK_MONOTONIC, &timex));
	TRY_ERROR(clock_getcpuclockid(0, &clock));
}

static void timers(void)
{
	struct itimerval interval = { { 0, 0 }, { 0, 1000000 } }, negative = { { 0, 0 }, { -1, 0 } };
	struct itimerspec wrong = { { 0, 0 }, { 0, 1000000000 } }, before = { { 0, 0 }, { -1, 0 } }, none = { { 0, 0 }, { 0, 0 } };
	struct itimerspec odd = { { 0, 1000000000 }, { 1, 0 } };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 99 };
	timer_t timer;
	TRY(getitimer(9, &interval));
	interval = (struct itimerval) { { 0, 0 }, { 0, 1000000 } };
	TRY(setitimer(9, &interval, 0));
	TRY(setitimer(ITIMER_REAL, &interval, 0));
	TRY(setitimer(ITIMER_REAL, &negative, 0));
	TRY(timer_create(99, 0, &timer));
	TRY(timer_create(CLOCK_REALTIME, &event, &timer));
	event.sigev_notify = 99;
	event.sigev_signo = SIGALRM;
	TRY(timer_create(CLOCK_REALTIME, &event, &timer));
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = 0;
	TRY(timer_create(CLOCK_REALTIME, &event, &timer));
	event.sigev_notify = SIGEV_NONE;
	TRY(timer_create(CLOCK_REALTIME, &event, &timer));
	TRY(timer_settime(timer, 0, &wrong, 0));
	TRY(timer_settime(timer, 0, &before, 0));
	TRY(timer_settime(timer, 0, &odd, 0));
	TRY(timer_settime(timer, 99, &none, 0));
	TRY(timer_settime(timer, 0, &none, 0));
	TRY(timer_delete(timer));
	TRY(timer_delete(timer));
	TRY(timer_gettime(timer, &none));
	TRY(timer_getoverrun(timer));
	TRY(timer_settime(timer, 0, &none, 0));
}

int main(void)
{
	signal(SIGTERM, SIG_IGN);
	sending();
	handling();
	clocks();
	timers();
	return 0;
}
