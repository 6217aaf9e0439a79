#include "pthread_impl.h"
#include "protocol.h"

int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *restrict attributes, int *restrict ceiling)
{
	*ceiling = ceiling_of(attributes->__attr);
	return 0;
}
