#include <unistd.h>
#include "syscall.h"
#include "libc.h"

/* There is one thread, so nothing has to be told to others; the numbers are spelled out so that only
 * these calls are imported. */
int __setxid(int n, int id, int eid, int sid)
{
	switch (n) {
	case SYS_setuid: return syscall(SYS_setuid, id);
	case SYS_setgid: return syscall(SYS_setgid, id);
	case SYS_setreuid: return syscall(SYS_setreuid, id, eid);
	case SYS_setregid: return syscall(SYS_setregid, id, eid);
	case SYS_setresuid: return syscall(SYS_setresuid, id, eid, sid);
	case SYS_setresgid: return syscall(SYS_setresgid, id, eid, sid);
	default: return __syscall_ret(-ENOSYS);
	}
}
