// process_vm_readv and writev within a process, clock_adjtime and prctl-like calls that only read.
#include "check.h"
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/utsname.h>

int main(void)
{
	char from[] = "abcdefghij", to[11] = "";
	struct iovec remote[3] = { { from, 3 }, { from + 8, 2 }, { from + 4, 3 } }, local[2] = { { to, 4 }, { to + 4, 3 } };
	told("read", process_vm_readv(getpid(), local, 2, remote, 3, 0));
	say("'%s'\n", to);
	memcpy(to, "1234567", 7);
	told("write", process_vm_writev(getpid(), local, 2, remote, 3, 0));
	say("'%s'\n", from);
	told("none", process_vm_readv(getpid(), local, 0, remote, 3, 0));
	told("flags", process_vm_readv(getpid(), local, 2, remote, 3, 1));
	told("too many", process_vm_readv(getpid(), local, 2000, remote, 3, 0));
	told("no process", process_vm_readv(999999, local, 2, remote, 3, 0));

	struct timex t = { 0 };
	int state = adjtimex(&t);
	say("state %d, tick %ld, now %d\n", state >= 0, t.tick, t.time.tv_sec > 1600000000);
	told("monotonic", clock_adjtime(CLOCK_MONOTONIC, &t));
	told("no clock", clock_adjtime(77, &t));
	if (getuid() == 0) {
		if (setgid(12345) || setuid(12345)) return 1;
	}
	t.modes = ADJ_TICK;
	told("user sets", adjtimex(&t));
	told("user names", sethostname("x", 1));
	told("user's domain", setdomainname("x", 1));
	return 0;
}
