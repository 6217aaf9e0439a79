// posix_spawn starts a program with the policy and priority that were asked for, or not at all.
#include "check.h"
#include <sched.h>
#include <spawn.h>

extern char **environ;

static void spawn(const char *name, int flags, int policy, int priority)
{
	posix_spawnattr_t attributes;
	struct sched_param parameter = { .sched_priority = priority };
	char *arguments[] = { "spawn_scheduling", "child", NULL };
	pid_t pid;
	int kept;
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, flags);
	posix_spawnattr_setschedpolicy(&attributes, policy);
	posix_spawnattr_setschedparam(&attributes, &parameter);
	parameter.sched_priority = -1;
	posix_spawnattr_getschedpolicy(&attributes, &kept);
	posix_spawnattr_getschedparam(&attributes, &parameter);
	say("%s: %d %d ", name, kept == policy, parameter.sched_priority);
	fflush(stdout);
	int error = posix_spawn(&pid, "/proc/self/exe", NULL, &attributes, arguments, environ);
	if (error) say("%s\n", strerror(error));
	else waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		struct sched_param parameter;
		sched_getparam(0, &parameter);
		say("policy %d, priority %d\n", sched_getscheduler(0), parameter.sched_priority);
		return 0;
	}
	struct sched_param none = { 0 };
	told("batch", sched_setscheduler(0, SCHED_BATCH, &none));
	spawn("not asked for", 0, SCHED_OTHER, 0);
	spawn("parameter", POSIX_SPAWN_SETSCHEDPARAM, SCHED_OTHER, 0);
	spawn("policy", POSIX_SPAWN_SETSCHEDULER, SCHED_OTHER, 0);
	spawn("policy of no attribute", POSIX_SPAWN_SETSCHEDULER, SCHED_BATCH, 0);
	spawn("no such priority", POSIX_SPAWN_SETSCHEDULER, SCHED_OTHER, 5);
	spawn("no priority", POSIX_SPAWN_SETSCHEDULER, SCHED_RR, 0);
	return 0;
}
