#include <aio.h>
#include <errno.h>
#include <time.h>
#include "aio_impl.h"
#include "atomic.h"
#include "pthread_impl.h"

int aio_suspend(const struct aiocb *const blocks[], int count, const struct timespec *timeout)
{
	struct timespec deadline;

	pthread_testcancel();
	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	if (timeout) {
		clock_gettime(CLOCK_MONOTONIC, &deadline);
		deadline.tv_sec += timeout->tv_sec;
		if ((deadline.tv_nsec += timeout->tv_nsec) >= 1000000000) {
			deadline.tv_nsec -= 1000000000;
			deadline.tv_sec++;
		}
	}
	for (;;) {
		int ended = __aio_fut;
		a_barrier();
		for (int i = 0; i < count; i++)
			if (blocks[i] && aio_error(blocks[i]) != EINPROGRESS) return 0;
		int error = __timedwait_cp(&__aio_fut, ended, CLOCK_MONOTONIC, timeout ? &deadline : 0, 1);
		if (error == ETIMEDOUT) error = EAGAIN;
		if (error == EAGAIN || error == ECANCELED || error == EINTR) {
			errno = error;
			return -1;
		}
	}
}

weak_alias(aio_suspend, aio_suspend64);
