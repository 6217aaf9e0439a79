/* posix_spawn with what can be asked of it: masks, dispositions, groups, file actions. Runs itself again. */
#include "check.h"
#include <spawn.h>

extern char **environ;

static int report(void)
{
	sigset_t mask;
	struct sigaction usr1, usr2, hangup;
	sigprocmask(SIG_BLOCK, 0, &mask);
	sigaction(SIGUSR1, 0, &usr1);
	sigaction(SIGUSR2, 0, &usr2);
	sigaction(SIGHUP, 0, &hangup);
	say("group of its own %d, SIGHUP blocked %d default %d, SIGUSR1 ignored %d, SIGUSR2 ignored %d\n",
		getpgid(0) == getpid(), sigismember(&mask, SIGHUP), hangup.sa_handler == SIG_DFL,
		usr1.sa_handler == SIG_IGN, usr2.sa_handler == SIG_IGN);
	return 0;
}

static int open_descriptors(void)
{
	for (int fd = 3; fd < 20; fd++) if (fcntl(fd, F_GETFD) >= 0) say("open %d\n", fd);
	return 0;
}

static void handler(int sig)
{
	(void)sig;
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "report")) return report();
	if (argc > 1 && !strcmp(argv[1], "open")) return open_descriptors();
	if (argc > 1) {
		for (int i = 1; i < argc; i++) say("%s|", argv[i]);
		say("\n");
		return argc;
	}

	char *self = argv[0];
	char *words[] = { self, "a", "b c", "", "d", 0 };
	char text[64] = "";
	pid_t pid;
	int spawned = posix_spawn(&pid, self, 0, 0, words, environ);
	reap("words", pid);
	say("spawn: %d\n", spawned);
	say("of nothing: %s\n", strerror(posix_spawn(&pid, "/no/such/program", 0, 0, words, environ)));
	say("of a directory: %s\n", strerror(posix_spawn(&pid, "/", 0, 0, words, environ)));
	say("spawnp of nothing: %s\n", strerror(posix_spawnp(&pid, "no-such-program", 0, 0, words, environ)));
	say("no child is left: %d\n", wait(0));

	for (int fd = 3; fd < 20; fd++) close(fd);
	char name[] = "/tmp/javix-spawn-XXXXXX";
	int file = mkstemp(name);
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 10, name, O_WRONLY | O_APPEND, 0600);
	posix_spawn_file_actions_adddup2(&actions, 10, 1);
	posix_spawn_file_actions_addclose(&actions, 10);
	posix_spawn_file_actions_addclose(&actions, file);
	posix_spawn(&pid, self, &actions, 0, (char *[]) { self, "into the file", 0 }, environ);
	reap("to a file", pid);
	say("read %d: ", (int)read(file, text, sizeof text - 1));
	say("%s", text);
	posix_spawn_file_actions_destroy(&actions);

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/no/such/file", O_RDONLY, 0);
	say("action that fails: %s\n", strerror(posix_spawn(&pid, self, &actions, 0, words, environ)));
	posix_spawn_file_actions_destroy(&actions);

	posix_spawnattr_t attributes;
	posix_spawnattr_init(&attributes);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	posix_spawnattr_setsigmask(&attributes, &set);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	posix_spawnattr_setsigdefault(&attributes, &set);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	on_signal(SIGUSR1, SIG_IGN, 0);
	on_signal(SIGUSR2, SIG_IGN, 0);
	on_signal(SIGHUP, handler, 0);
	posix_spawn(&pid, self, 0, &attributes, (char *[]) { self, "report", 0 }, environ);
	reap("attributes", pid);
	posix_spawn(&pid, self, 0, 0, (char *[]) { self, "report", 0 }, environ);
	reap("no attributes", pid);

	/* Close on exec, for spawn and for exec after vfork. */
	fcntl(file, F_DUPFD, 15);
	fcntl(file, F_DUPFD_CLOEXEC, 16);
	close(file);
	posix_spawn(&pid, self, 0, 0, (char *[]) { self, "open", 0 }, environ);
	reap("spawn", pid);
	pid = vfork();
	if (!pid) {
		execv(self, (char *[]) { self, "open", 0 });
		_exit(127);
	}
	reap("vfork and exec", pid);

	volatile int seen = 1;
	pid = vfork();
	if (!pid) {
		seen = 2;
		_exit(12);
	}
	reap("vfork and exit", pid);
	say("the child wrote to our memory: %d\n", seen);
	pid = vfork();
	if (!pid) {
		execve("/no/such/program", words, environ);
		_exit(errno == ENOENT ? 127 : 1);
	}
	reap("vfork and failing exec", pid);
	unlink(name);
	return 0;
}
