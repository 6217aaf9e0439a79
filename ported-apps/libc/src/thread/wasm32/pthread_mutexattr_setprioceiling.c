#include "pthread_impl.h"
#include "protocol.h"

int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *attributes, int ceiling)
{
	if (ceiling < LOWEST || ceiling > HIGHEST) return EINVAL;
	attributes->__attr = with_ceiling(attributes->__attr, ceiling);
	return 0;
}
