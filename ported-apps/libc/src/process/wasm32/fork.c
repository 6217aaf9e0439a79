#include <unistd.h>
#include "libc.h"
#include "pthread_impl.h"
#include "syscall.h"
#include "child.h"

static void dummy(int who) { }
weak_alias(dummy, __fork_handler);

/* With one thread there are no locks to take and no other thread's state to repair: the copy is whole. */
pid_t fork(void)
{
	__fork_handler(-1);
	pid_t pid = __syscall(SYS_fork);
	if (!pid) __javix_begin_child();
	__fork_handler(!pid);
	return __syscall_ret(pid);
}
