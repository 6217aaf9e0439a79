#include <sched.h>
#include "syscall.h"

/* As on Debian: of a thread, by its number. */
int sched_setparam(pid_t pid, const struct sched_param *param)
{
	return syscall(SYS_sched_setparam, pid, param);
}
