#include <sys/mman.h>
#include "pthread_impl.h"

/* A guard faults where accesses are checked, which is in programs that import a call such as mprotect. So whoever
 * asks for a guard imports it. */
__attribute__((__used__)) static int (*const volatile checks_accesses)(void *, size_t, int) = mprotect;

int pthread_attr_setguardsize(pthread_attr_t *attributes, size_t size)
{
	if (size > SIZE_MAX / 8) return EINVAL;
	attributes->_a_guardsize = size;
	return 0;
}
