#include <sched.h>
#include "syscall.h"

/* As on Debian: of a thread, by its number. */
int sched_getparam(pid_t pid, struct sched_param *param)
{
	return syscall(SYS_sched_getparam, pid, param);
}
