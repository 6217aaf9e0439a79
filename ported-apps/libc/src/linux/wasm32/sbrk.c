#define _BSD_SOURCE
#include <errno.h>
#include <stdint.h>
#include <unistd.h>
#include "syscall.h"

void *sbrk(intptr_t increment)
{
	uintptr_t end = __syscall(SYS_brk, 0), moved = end + increment;
	if (increment > 0 ? moved < end : moved > end) return (void *)__syscall_ret(-ENOMEM);
	return increment && brk((void *)moved) ? (void *)-1 : (void *)end;
}
