#include "pthread_impl.h"

hidden void __testcancel(void)
{
}

int pthread_cancel(pthread_t thread)
{
	return ENOSYS;
}
