// sched_setattr, sched_getattr, ioprio_set and ioprio_get keep what is set, and know what cannot be.
#include "check.h"
#include <sched.h>
#include <sys/syscall.h>

struct attributes {
	unsigned size, policy;
	unsigned long long flags;
	int nice;
	unsigned priority;
	unsigned long long runtime, deadline, period;
	unsigned least, most;
};

static void show(const char *what)
{
	struct attributes a;
	memset(&a, 0xff, sizeof a);
	told(what, syscall(SYS_sched_getattr, 0, &a, sizeof a, 0));
	say("  size %u policy %u flags %llu nice %d priority %u\n", a.size, a.policy, a.flags, a.nice, a.priority);
}

int main(void)
{
	struct attributes a = { .size = 48, .policy = SCHED_BATCH, .nice = 5 };
	show("at first");
	told("batch", syscall(SYS_sched_setattr, 0, &a, 0));
	show("batch");
	say("getscheduler %d, getpriority %d\n", sched_getscheduler(0), getpriority(PRIO_PROCESS, 0));
	a = (struct attributes) { .size = 0, .policy = SCHED_OTHER, .nice = 7, .flags = 1 };
	told("size 0", syscall(SYS_sched_setattr, 0, &a, 0));
	show("size 0");
	pid_t child = fork();
	if (child == 0) {
		show("child of a process that resets");
		_exit(0);
	}
	reap("child", child);
	a.size = 40;
	told("too small", syscall(SYS_sched_setattr, 0, &a, 0));
	say("  size said to be more %d\n", a.size > 48);
	a.size = 48;
	a.policy = 77;
	told("no policy", syscall(SYS_sched_setattr, 0, &a, 0));
	a.policy = SCHED_OTHER;
	a.priority = 4;
	told("a priority", syscall(SYS_sched_setattr, 0, &a, 0));
	a.priority = 0;
	a.flags = 1ull << 40;
	told("unknown flag", syscall(SYS_sched_setattr, 0, &a, 0));
	told("flags", syscall(SYS_sched_setattr, 0, &a, 1));
	told("none", syscall(SYS_sched_setattr, 0, (void *)0, 0));
	told("nobody", syscall(SYS_sched_getattr, 0x3fffffff, &a, sizeof a, 0));
	told("small buffer", syscall(SYS_sched_getattr, 0, &a, 40, 0));

	told("io at first", syscall(SYS_ioprio_get, 1, 0));
	told("best effort", syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 5));
	told("io", syscall(SYS_ioprio_get, 1, 0));
	child = fork();
	if (child == 0) {
		told("io of a child", syscall(SYS_ioprio_get, 1, 0));
		_exit(0);
	}
	reap("child", child);
	told("idle", syscall(SYS_ioprio_set, 1, getpid(), 3 << 13));
	told("io", syscall(SYS_ioprio_get, 1, getpid()));
	told("no class", syscall(SYS_ioprio_set, 1, 0, 1));
	told("unknown class", syscall(SYS_ioprio_set, 1, 0, 4 << 13));
	told("unknown kind", syscall(SYS_ioprio_set, 4, 0, 2 << 13));
	told("nobody", syscall(SYS_ioprio_get, 1, 0x3fffffff));
	return 0;
}
