#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>
#include "syscall.h"

/* What makes a process: a copy, or with CLONE_VM | CLONE_VFORK one on the same memory until it calls exec or
 * ends. Such a child has the caller's stack and not STACK: the caller does not run meanwhile. Whatever else
 * shares memory is a thread, and pthread_create makes those. */
int clone(int (*func)(void *), void *stack, int flags, void *arg, ...)
{
	const int known = CLONE_VM | CLONE_VFORK | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
	va_list ap;
	va_start(ap, arg);
	pid_t *ptid = va_arg(ap, pid_t *);
	va_arg(ap, void *);
	pid_t *ctid = va_arg(ap, pid_t *);
	va_end(ap);

	int rest = flags & ~(known | 0xff);
	int shares = flags & (CLONE_VM | CLONE_VFORK);
	if (!func || rest || (flags & 0xff) != SIGCHLD || shares == CLONE_VM) {
		errno = EINVAL;
		return -1;
	}
	pid_t pid = shares & CLONE_VM ? syscall(SYS_vfork) : syscall(SYS_fork);
	if (!pid) {
		if (flags & CLONE_CHILD_SETTID) *ctid = __syscall(SYS_getpid);
		_exit(func(arg));
	}
	if (pid > 0 && flags & CLONE_PARENT_SETTID) *ptid = pid;
	return pid;
}
