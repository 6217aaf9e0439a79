#include <sys/time.h>
#include "syscall.h"

/* The host knows only 64-bit times. */
int getitimer(int which, struct itimerval *old)
{
	return syscall(SYS_getitimer, which, old);
}
