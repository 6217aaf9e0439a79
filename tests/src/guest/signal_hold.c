// sigset, sighold, sigpause and sigismember. The handler is the first function whose address the program takes: it must
// not be taken for SIG_HOLD, which is a number.
#include "check.h"

static volatile sig_atomic_t handled;
static void handler(int signal) { handled++; }

int main(void)
{
	say("sigset: %d\n", sigset(SIGCHLD, handler) == SIG_DFL);
	raise(SIGCHLD);
	say("handled %d\n", handled);
	say("hold: %d\n", sigset(SIGCHLD, SIG_HOLD) == handler);
	raise(SIGCHLD);
	say("held %d\n", handled);
	say("release: %d\n", sigset(SIGCHLD, handler) == SIG_HOLD);
	say("handled %d\n", handled);
	errno = 0;
	told("sigpause", sigpause(-1));
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGRTMAX);
	told("member", sigismember(&set, SIGRTMAX));
	told("no member", sigismember(&set, SIGHUP));
	told("no signal", sigismember(&set, -1));
	told("no signal", sigismember(&set, 1000));
	return 0;
}
