#include <unistd.h>
#include <errno.h>
#include "syscall.h"

/* The one call whose result has 64 bits. */
off_t __lseek(int fd, off_t offset, int whence)
{
	off_t result = __javix_lseek(fd, offset, whence);
	if (result < 0 && result > -4096) {
		errno = -result;
		return -1;
	}
	return result;
}

weak_alias(__lseek, lseek);
