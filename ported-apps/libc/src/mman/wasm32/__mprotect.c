#include <sys/mman.h>
#include "syscall.h"

/* See __mmap.c. */
int __mprotect(void *addr, size_t len, int prot)
{
	return syscall(SYS_heap_protect, addr, len, prot);
}
