#include <sys/resource.h>
#include "syscall.h"

/* The host fills the public structure, with 64-bit times, up to its reserved part. */
int getrusage(int who, struct rusage *usage)
{
	return syscall(SYS_getrusage, who, usage);
}
