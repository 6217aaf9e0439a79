#include "pthread_impl.h"

/* As on Debian, a policy that a thread cannot have is refused here already. */
int pthread_attr_setschedpolicy(pthread_attr_t *attributes, int policy)
{
	if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR) return EINVAL;
	attributes->_a_policy = policy;
	return 0;
}
