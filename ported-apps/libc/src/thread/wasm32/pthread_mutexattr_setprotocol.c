#include "pthread_impl.h"
#include "protocol.h"

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int protocol)
{
	if (protocol < PTHREAD_PRIO_NONE || protocol > PTHREAD_PRIO_PROTECT) return EINVAL;
	attributes->__attr &= ~(INHERITS | PROTECTS);
	if (protocol == PTHREAD_PRIO_INHERIT) attributes->__attr |= INHERITS;
	if (protocol == PTHREAD_PRIO_PROTECT) attributes->__attr |= PROTECTS;
	return 0;
}
