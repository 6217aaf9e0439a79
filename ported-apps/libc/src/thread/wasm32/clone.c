#include <errno.h>
#include "pthread_impl.h"

/* What pthread_create finds in a program that cannot make threads. The export tells javix-cc that the program wants
 * to: it is then linked again, with a shared memory and the other __clone. */
__attribute__((__export_name__("__javix_makes_threads")))
int __clone(int (*func)(void *), void *stack, int flags, void *arg, ...)
{
	return -ENOSYS;
}

void *__copy_tls(unsigned char *memory)
{
	return memory;
}
