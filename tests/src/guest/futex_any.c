// futex_waitv waits for the first of several words.
#include "check.h"
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>

enum { WAKE_PRIVATE = 129 };

struct word { uint64_t value, address; uint32_t flags, reserved; };

static uint32_t words[3];

static long wait_for(int count, int flags, struct timespec *until)
{
	struct word wanted[3];
	for (int i = 0; i < 3; i++) wanted[i] = (struct word){ .value = 0, .address = (uintptr_t)&words[i], .flags = flags };
	return syscall(449, wanted, count, 0, until, CLOCK_MONOTONIC);
}

static void *wakes(void *word)
{
	// Until somebody was there to be woken.
	while (syscall(SYS_futex, word, WAKE_PRIVATE, 1, 0, 0, 0) == 0) usleep(1000);
	return NULL;
}

int main(void)
{
	struct timespec past = { 1, 0 };
	told("none", wait_for(0, 130, NULL));
	told("no size", wait_for(3, 128, NULL));
	told("in the past", wait_for(3, 130, &past));
	words[1] = 5;
	told("one has changed", wait_for(3, 130, NULL));
	words[1] = 0;
	for (int i = 0; i < 3; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, wakes, &words[i]);
		told("woken", wait_for(3, 130, NULL));
		pthread_join(thread, NULL);
	}
	return 0;
}
