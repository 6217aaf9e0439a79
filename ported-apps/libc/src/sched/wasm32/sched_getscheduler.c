#include <sched.h>
#include "syscall.h"

/* As on Debian: of a thread, by its number. */
int sched_getscheduler(pid_t pid)
{
	return syscall(SYS_sched_getscheduler, pid);
}
