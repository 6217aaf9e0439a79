// signalfd: what is told, several at once, changed sets, poll, a child's own signals, wrong arguments.
#include "check.h"
#include <poll.h>
#include <sys/signalfd.h>

static int fd;

static void get(const char *what)
{
	struct signalfd_siginfo s[3];
	ssize_t got = read(fd, s, sizeof s);
	if (got < 0) {
		say("%s: %s\n", what, strerror(errno));
		return;
	}
	for (int i = 0; i < got / (int)sizeof s[0]; i++)
		say("%s: %d code %d self %d value %d status %d\n", what,
			s[i].ssi_signo == SIGRTMIN + 1 ? -1 : (int)s[i].ssi_signo, s[i].ssi_code,
			s[i].ssi_pid == getpid(), s[i].ssi_int, s[i].ssi_status);
}

int main(void)
{
	sigset_t set, other;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGRTMIN + 1);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGKILL);
	sigprocmask(SIG_BLOCK, &set, 0);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	say("cloexec %d\n", fcntl(fd, F_GETFD));
	get("nothing");
	struct pollfd p = { fd, POLLIN | POLLOUT, 0 };
	say("poll %d\n", poll(&p, 1, 0));
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	union sigval v = { 7 };
	sigqueue(getpid(), SIGRTMIN + 1, v);
	v.sival_int = 8;
	sigqueue(getpid(), SIGRTMIN + 1, v);
	int n = poll(&p, 1, 0);
	say("poll %d %x\n", n, p.revents);
	char small[127];
	told("small", read(fd, small, sizeof small));
	get("three");
	get("empty");

	sigemptyset(&other);
	sigaddset(&other, SIGUSR1);
	told("change", signalfd(fd, &other, 0) == fd ? 0 : -1);
	sigqueue(getpid(), SIGRTMIN + 1, v);
	get("not in the set");
	told("change back", signalfd(fd, &set, 0) == fd ? 0 : -1);
	get("in the set");

	// A wait that a child's signal ends; then the child's end.
	fcntl(fd, F_SETFL, 0);
	pid_t child = fork();
	if (!child) {
		await_sleep(getppid());
		kill(getppid(), SIGUSR1);
		kill(getpid(), SIGUSR1);
		struct signalfd_siginfo s;
		int ok = read(fd, &s, sizeof s) == sizeof s && s.ssi_pid == getpid();
		await_sleep(getppid());
		_exit(ok ? 5 : 6);
	}
	get("from the child");
	p.revents = 0;
	n = poll(&p, 1, -1);
	say("poll %d %x\n", n, p.revents);
	get("its end");
	reap("child", child);

	told("write", write(fd, &set, 8));
	told("wrong flag", signalfd(-1, &set, 1));
	told("no signalfd", signalfd(0, &set, 0));
	told("no descriptor", signalfd(99, &set, 0));
	char link[64], path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	n = readlink(path, link, sizeof link);
	say("link %.*s\n", n, link);
	return 0;
}
