#include <errno.h>
#include <signal.h>

/* As on Debian, what is no signal is told. */
int sigismember(const sigset_t *set, int signal)
{
	unsigned bit = signal - 1, size = 8 * sizeof *set->__bits;
	if (bit >= _NSIG - 1) {
		errno = EINVAL;
		return -1;
	}
	return set->__bits[bit / size] >> bit % size & 1;
}
