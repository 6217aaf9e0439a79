/* RLIMIT_AS limits what a process may add to its memory, and is inherited; so is being dumpable, but for exec. */
#include "check.h"
#include <sys/prctl.h>

#define MEBIBYTE (1 << 20)

static void try(const char *who) {
	errno = 0;
	void *volatile large = malloc(256 * MEBIBYTE);
	say("%s: 256 MiB: %s\n", who, large ? "there" : strerror(errno));
	void *volatile small = malloc(2 * MEBIBYTE);
	say("%s: 2 MiB: %s\n", who, small ? "there" : strerror(errno));
	free(large);
	free(small);
}

int main(void) {
	try("no limit");
	struct rlimit limit = {64 * MEBIBYTE, RLIM_INFINITY};
	say("set: %d\n", setrlimit(RLIMIT_AS, &limit));
	try("limited");
	say("dumpable: %d\n", prctl(PR_GET_DUMPABLE));
	int refused = prctl(PR_SET_DUMPABLE, 2);
	say("2: %d %s\n", refused, strerror(errno));
	say("0: %d\n", prctl(PR_SET_DUMPABLE, 0));
	if (fork() == 0) {
		try("child");
		say("child dumpable: %d\n", prctl(PR_GET_DUMPABLE));
		_exit(0);
	}
	wait(NULL);
	limit.rlim_cur = RLIM_INFINITY;
	say("lifted: %d\n", setrlimit(RLIMIT_AS, &limit));
	try("lifted");
	return 0;
}
