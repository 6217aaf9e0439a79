#include <errno.h>
#include <sys/mman.h>
#include "syscall.h"

static void dummy(void) { }
weak_alias(dummy, __vm_wait);

/* The call of programs. The C library itself uses __mmap, another import: a program that imports this
 * one is compiled so that its accesses heed protection. Lengths of 2 GiB and more are the host's to judge. */
void *mmap(void *start, size_t len, int prot, int flags, int fd, off_t off)
{
	if (flags & MAP_FIXED) __vm_wait();
	long ret = __syscall(SYS_mmap, start, len, prot, flags, fd, off);
	return (void *)__syscall_ret(ret);
}

weak_alias(mmap, mmap64);
