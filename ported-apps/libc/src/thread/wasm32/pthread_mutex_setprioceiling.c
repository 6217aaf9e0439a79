#include "pthread_impl.h"
#include "protocol.h"

int pthread_mutex_setprioceiling(pthread_mutex_t *restrict mutex, int ceiling, int *restrict old)
{
	if (!(mutex->_m_type & PROTECTS) || ceiling < LOWEST || ceiling > HIGHEST) return EINVAL;
	int error = pthread_mutex_lock(mutex);
	if (error) return error;
	if (old) *old = ceiling_of(mutex->_m_type);
	mutex->_m_type = with_ceiling(mutex->_m_type, ceiling);
	return pthread_mutex_unlock(mutex);
}
