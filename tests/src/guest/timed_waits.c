// A wait for a limited time that a handler interrupts fails, with SA_RESTART too; one without a limit goes on.
#include "check.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>

static pthread_t first;
static volatile sig_atomic_t handled;
static void handler(int signal) { handled++; }

/* Sends signals until it is told to stop, so that one of them meets the wait. */
static volatile int stop;
static void *sends(void *unused)
{
	while (!stop) {
		pthread_kill(first, SIGUSR1);
		sleep_ms(10);
	}
	return NULL;
}

static void interrupted(const char *what, int (*waits)(void))
{
	pthread_t sender;
	stop = 0;
	handled = 0;
	pthread_create(&sender, NULL, sends, NULL);
	int result = waits();
	int error = errno;
	stop = 1;
	pthread_join(sender, NULL);
	say("%s: %d%s%s, handled: %d\n", what, result, result < 0 ? " " : "", result < 0 ? strerror(error) : "", handled > 0);
}

static sem_t semaphore;
static int pair[2];

static int timed_futex(void)
{
	static int word;
	struct timespec minute = {60, 0};
	return syscall(SYS_futex, &word, 0 /* FUTEX_WAIT */, 0, &minute, NULL, 0);
}

static void *posts(void *unused)
{
	while (handled < 2) sleep_ms(5);
	sem_post(&semaphore);
	return NULL;
}

static int plain_semaphore(void)
{
	pthread_t poster;
	pthread_create(&poster, NULL, posts, NULL);
	int result = sem_wait(&semaphore);
	int error = errno;
	pthread_join(poster, NULL);
	errno = error;
	return result;
}

static int receive(void)
{
	char byte;
	return recv(pair[0], &byte, 1, 0);
}

static int send_all(void)
{
	static char block[4096];
	ssize_t sent;
	while ((sent = send(pair[0], block, sizeof block, 0)) > 0);
	return sent;
}

int main(void)
{
	first = pthread_self();
	on_signal(SIGUSR1, handler, SA_RESTART);
	sem_init(&semaphore, 0, 0);
	interrupted("futex", timed_futex);
	interrupted("sem_wait", plain_semaphore);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	struct timeval minute = {60, 0};
	setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute);
	setsockopt(pair[0], SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof minute);
	interrupted("recv", receive);
	interrupted("send", send_all);
	return 0;
}
