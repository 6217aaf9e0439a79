#include "pthread_impl.h"

/* As on Debian, a priority that the policy does not have is refused here already. */
int pthread_attr_setschedparam(pthread_attr_t *restrict attributes, const struct sched_param *restrict parameter)
{
	int priority = parameter->sched_priority;
	int is_real_time = attributes->_a_policy != SCHED_OTHER;
	if (priority < is_real_time || priority > (is_real_time ? 99 : 0)) return EINVAL;
	attributes->_a_prio = priority;
	return 0;
}
