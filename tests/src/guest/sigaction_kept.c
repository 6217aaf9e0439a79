// What sigaction keeps of an action: flags that there are, signals that can be blocked.
#include "check.h"

static void on(int signal) {}

static void show(const char *when, int signal)
{
	/* Debian's C library sets a flag of its own. */
	const int restorer = 0x04000000;
	struct sigaction action;
	told(when, sigaction(signal, 0, &action));
	say("handler %s, flags %#x, mask", action.sa_handler == SIG_DFL ? "default" : action.sa_handler == SIG_IGN ? "ignore" : "own", action.sa_flags & ~restorer);
	for (int i = 1; i < 32; i++) if (sigismember(&action.sa_mask, i)) say(" %d", i);
	say("\n");
}

int main(void)
{
	struct sigaction action = { .sa_handler = on };
	sigfillset(&action.sa_mask);
	told("all blocked", sigaction(SIGUSR1, &action, 0));
	show("kept", SIGUSR1);
	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART | SA_NODEFER | SA_ONSTACK | SA_NOCLDSTOP | SA_NOCLDWAIT | 0x00040000 | 0x20;
	told("unknown flags", sigaction(SIGUSR1, &action, 0));
	show("known are kept", SIGUSR1);
	action.sa_flags = SA_RESETHAND;
	sigaddset(&action.sa_mask, SIGINT);
	sigaction(SIGUSR1, &action, 0);
	raise(SIGUSR1);
	show("reset when it came", SIGUSR1);
	action.sa_handler = SIG_IGN;
	sigaction(SIGUSR1, &action, 0);
	show("ignored", SIGUSR1);
	show("of a signal that cannot be caught", SIGKILL);
	told("to catch it", sigaction(SIGKILL, &action, 0));
	return 0;
}
