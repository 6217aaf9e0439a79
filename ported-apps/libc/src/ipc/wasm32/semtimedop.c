#define _GNU_SOURCE
#include <sys/sem.h>
#include "syscall.h"

/* The one call takes a time of 64 bits; musl's own would give it one of 32. */
int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	return syscall(SYS_semtimedop, id, operations, count, timeout);
}
