// Threads are cancelled in every call that waits, whether the cancellation comes before the call or during it.
#include "check.h"
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/select.h>
#include <sys/socket.h>

static int empty[2], full[2], sockets[2];
static sem_t zero;
static pthread_t first;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int cleaned;

static sigset_t usr1(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	return set;
}

static void unlock(void *lock) { pthread_mutex_unlock(lock); }
static void count(void *counter) { ++*(int *)counter; }

static void *in_read(void *a) { char c; read(empty[0], &c, 1); return 0; }
static void *in_write(void *a) { static char page[4096]; for (;;) write(full[1], page, sizeof page); }
static void *in_recv(void *a) { char c; recv(sockets[0], &c, 1, 0); return 0; }
static void *in_sleep(void *a) { sleep(100); return 0; }
static void *in_nanosleep(void *a) { struct timespec t = { 100 }; nanosleep(&t, 0); return 0; }
static void *in_pause(void *a) { pause(); return 0; }
static void *in_sem_wait(void *a) { sem_wait(&zero); return 0; }
static void *in_join(void *a) { pthread_join(first, 0); return 0; }
static void *in_poll(void *a) { struct pollfd fd = { empty[0], POLLIN }; poll(&fd, 1, -1); return 0; }
static void *in_sigsuspend(void *a) { sigset_t none; sigemptyset(&none); sigsuspend(&none); return 0; }
static void *in_sigwait(void *a) { sigset_t set = usr1(); int got; sigwait(&set, &got); return 0; }
static void *in_sigwaitinfo(void *a) { sigset_t set = usr1(); sigwaitinfo(&set, 0); return 0; }
static void *in_testcancel(void *a) { for (;;) pthread_testcancel(); }

static void *in_select(void *a)
{
	fd_set set;
	FD_ZERO(&set);
	FD_SET(empty[0], &set);
	select(empty[0] + 1, &set, 0, 0, 0);
	return 0;
}

static void *in_wait(void *a)
{
	wait(0);
	return 0;
}

static void *in_cond_wait(void *a)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;) pthread_cond_wait(&never, &mutex);
	pthread_cleanup_pop(1);
	return 0;
}

static void *anywhere(void *a)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, 0);
	for (volatile unsigned i = 0; ; i++);
}

static volatile int sent;
static void *not_while_disabled(void *a)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, 0);
	++*(int *)a;
	while (!sent) usleep(1000);
	++*(int *)a;
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, 0);
	pthread_testcancel();
	return 0;
}

static void *with_handlers(void *a)
{
	pthread_cleanup_push(count, &cleaned);
	pthread_cleanup_push(count, &cleaned);
	pause();
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return 0;
}

// The call that has had an effect returns it; the next one ends the thread.
static void *keeps_what_was_read(void *a)
{
	char c = 0;
	read(full[0], &c, 1);
	++*(int *)a;
	pause();
	return 0;
}

static void *in_a_handler(void *a)
{
	raise(SIGUSR2);
	return 0;
}
static void pauses(int signal) { pause(); }

// At least that often has a thread counted.
static void await_count(int *counter)
{
	while (!*(volatile int *)counter) sleep_ms(1);
}

static void cancelled(const char *where, void *(*thread)(void *), void *argument, int early)
{
	pthread_t id;
	void *result;
	sent = 0;
	pthread_create(&id, 0, thread, argument);
	if (!early) usleep(50000);
	if (argument) await_count(argument);
	int error = pthread_cancel(id);
	sent = 1;
	pthread_join(id, &result);
	say("%s: %d %s\n", where, error, result == PTHREAD_CANCELED ? "cancelled" : "not cancelled");
}
#define CANCELLED(thread, argument) cancelled(#thread, thread, argument, early)

int main(void)
{
	sigset_t set = usr1();
	struct sigaction action = { .sa_handler = pauses };
	pid_t child;
	int done = 0, read_first = 0;
	pthread_sigmask(SIG_BLOCK, &set, 0);
	sigaction(SIGUSR2, &action, 0);
	pipe(empty);
	pipe(full);
	socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
	sem_init(&zero, 0, 0);
	first = pthread_self();
	if (!(child = fork())) {
		pause();
		_exit(0);
	}
	for (int early = 0; early < 2; early++) {
		CANCELLED(in_read, 0);
		CANCELLED(in_write, 0);
		CANCELLED(in_recv, 0);
		CANCELLED(in_sleep, 0);
		CANCELLED(in_nanosleep, 0);
		CANCELLED(in_pause, 0);
		CANCELLED(in_sem_wait, 0);
		CANCELLED(in_join, 0);
		CANCELLED(in_poll, 0);
		CANCELLED(in_select, 0);
		CANCELLED(in_sigsuspend, 0);
		CANCELLED(in_sigwait, 0);
		CANCELLED(in_sigwaitinfo, 0);
		CANCELLED(in_testcancel, 0);
		CANCELLED(in_wait, 0);
		CANCELLED(in_cond_wait, 0);
		CANCELLED(anywhere, 0);
		CANCELLED(with_handlers, 0);
		CANCELLED(in_a_handler, 0);
	}
	cancelled("not while disabled", not_while_disabled, &done, 0);
	cancelled("keeps what was read", keeps_what_was_read, &read_first, 0);
	say("cleaned up %d, went on %d, read %d\n", cleaned, done, read_first);
	kill(child, SIGKILL);
	told("wait", wait(0) == child);
}
