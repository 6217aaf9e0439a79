#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include "syscall.h"

/* Memory of the C library's own: the heap, and the stacks of threads. Always anonymous and private. */
void *__mmap(void *start, size_t len, int prot, int flags, int fd, off_t off)
{
	if (len >= PTRDIFF_MAX) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return (void *)syscall(SYS_heap_map, start, len, prot, flags);
}
