#include <sys/stat.h>
#include "syscall.h"

int fchmodat(int directory, const char *path, mode_t mode, int flags)
{
	return flags ? syscall(SYS_fchmodat2, directory, path, mode, flags) : syscall(SYS_fchmodat, directory, path, mode);
}
