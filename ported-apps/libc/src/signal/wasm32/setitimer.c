#include <sys/time.h>
#include "syscall.h"

/* The host knows only 64-bit times. */
int setitimer(int which, const struct itimerval *restrict new, struct itimerval *restrict old)
{
	return syscall(SYS_setitimer, which, new, old);
}
