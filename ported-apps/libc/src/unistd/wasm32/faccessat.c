#include <unistd.h>
#include "syscall.h"

/* The host knows the call with flags, so nobody has to be cloned to find out. */
int faccessat(int fd, const char *filename, int mode, int flags)
{
	return flags
		? syscall(SYS_faccessat2, fd, filename, mode, flags)
		: syscall(SYS_faccessat, fd, filename, mode);
}
