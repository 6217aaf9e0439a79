#define _BSD_SOURCE
#include <errno.h>
#include <unistd.h>
#include "../../malloc/mallocng/meta.h"
#undef brk

/* The end of a program's data is the program's to move, as on Debian. malloc keeps what describes its memory there, and expects
 * the end where it left it: once the program has moved it, malloc takes pages elsewhere. */
int brk(void *end)
{
	ctx.brk = -1;
	return (uintptr_t)__syscall(SYS_brk, end) < (uintptr_t)end ? __syscall_ret(-ENOMEM) : 0;
}
