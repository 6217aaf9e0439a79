#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include "syscall.h"

/* See __mmap.c. */
void *__mremap(void *old_addr, size_t old_len, size_t new_len, int flags, ...)
{
	if (new_len >= PTRDIFF_MAX) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return (void *)syscall(SYS_heap_remap, old_addr, old_len, new_len, flags);
}
