#include <sys/mman.h>
#include "syscall.h"

/* See __mmap.c. */
int __munmap(void *start, size_t len)
{
	return syscall(SYS_heap_unmap, start, len);
}
