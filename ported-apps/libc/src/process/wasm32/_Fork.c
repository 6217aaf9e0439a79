#include <unistd.h>
#include "pthread_impl.h"
#include "syscall.h"

pid_t _Fork(void)
{
	pid_t pid = __syscall(SYS_fork);
	if (!pid) __pthread_self()->tid = __syscall(SYS_getpid);
	return __syscall_ret(pid);
}
