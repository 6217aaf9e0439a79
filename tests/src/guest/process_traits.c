// What a process says of itself is kept, and its children have it.
#include "check.h"
#include <sys/personality.h>
#include <sys/prctl.h>

static void show(const char *who)
{
	say("%s: keeps capabilities %d, slack %d, persona %x\n", who, prctl(PR_GET_KEEPCAPS), prctl(PR_GET_TIMERSLACK),
		personality(0xffffffff));
}

int main(void)
{
	show("at first");
	told("capabilities", prctl(PR_SET_KEEPCAPS, 1));
	told("no such choice", prctl(PR_SET_KEEPCAPS, 2));
	told("slack", prctl(PR_SET_TIMERSLACK, 12345));
	told("persona", personality(ADDR_NO_RANDOMIZE));
	show("then");
	pid_t pid = fork();
	if (!pid) {
		show("in a child");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	told("no slack", prctl(PR_SET_TIMERSLACK, 0));
	show("in the end");
	told("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 5, 0, 0));
	told("no such group", setpgid(-1, 0));
	siginfo_t info;
	told("no descriptor of a process", waitid(3, -1, &info, WEXITED));
	return 0;
}
