#define _GNU_SOURCE
#include <stdarg.h>
#include <sys/mman.h>
#include "syscall.h"

static void dummy(void) { }
weak_alias(dummy, __vm_wait);

/* See mmap.c. */
void *mremap(void *old_addr, size_t old_len, size_t new_len, int flags, ...)
{
	va_list ap;
	void *new_addr = 0;

	if (flags & MREMAP_FIXED) {
		__vm_wait();
		va_start(ap, flags);
		/* A null pointer for those that are none; see build. */
		new_addr = *(void **)&ap ? va_arg(ap, void *) : 0;
		va_end(ap);
	}
	return (void *)syscall(SYS_mremap, old_addr, old_len, new_len, flags, new_addr);
}
