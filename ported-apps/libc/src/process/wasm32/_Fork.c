#include <unistd.h>
#include "pthread_impl.h"
#include "syscall.h"
#include "child.h"

pid_t _Fork(void)
{
	pid_t pid = __syscall(SYS_fork);
	if (!pid) __javix_begin_child();
	return __syscall_ret(pid);
}
