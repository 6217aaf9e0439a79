#include "pthread_impl.h"
#include "protocol.h"

int pthread_mutex_getprioceiling(const pthread_mutex_t *restrict mutex, int *restrict ceiling)
{
	if (!(mutex->_m_type & PROTECTS)) return EINVAL;
	*ceiling = ceiling_of(mutex->_m_type);
	return 0;
}
