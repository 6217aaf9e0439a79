// Descriptors of processes: readiness, signals, waiting, another's files, wrong arguments.
#include "check.h"
#include <poll.h>
#include <sys/syscall.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

static int pidfd_open_(pid_t pid, unsigned flags) { return syscall(SYS_pidfd_open, pid, flags); }
static int pidfd_send(int fd, int sig, siginfo_t *info, unsigned flags) { return syscall(SYS_pidfd_send_signal, fd, sig, info, flags); }
static int pidfd_get(int fd, int other, unsigned flags) { return syscall(SYS_pidfd_getfd, fd, other, flags); }

static volatile int seen;
static void count(int sig) { seen++; }

int main(void)
{
	int p[2];
	pipe(p);
	pid_t child = fork();
	if (!child) {
		for (;;) pause();
	}
	int fd = pidfd_open_(child, 0);
	say("open %d, close on exec %d\n", fd >= 0, fcntl(fd, F_GETFD));
	struct pollfd poller = { fd, POLLIN, 0 };
	say("alive: %d\n", poll(&poller, 1, 0));
	told("signal 0", pidfd_send(fd, 0, 0, 0));
	int copy = pidfd_get(fd, p[1], 0);
	say("its pipe: %d\n", (int)write(copy, "x", 1));
	told("no such file", pidfd_get(fd, 77, 0));
	told("wrong flags", pidfd_get(fd, 0, 1));
	told("kill", pidfd_send(fd, SIGKILL, 0, 0));
	int n = poll(&poller, 1, 5000);
	say("ended: %d %x\n", n, poller.revents & POLLIN);
	siginfo_t info = { 0 };
	told("waitid", waitid(P_PIDFD, fd, &info, WEXITED));
	say("killed %d by %d\n", info.si_code == CLD_KILLED, info.si_status);
	told("gone", pidfd_send(fd, 0, 0, 0));
	told("nobody to wait for", waitid(P_PIDFD, fd, &info, WEXITED));
	signal(SIGUSR1, count);
	int self = pidfd_open_(getpid(), 0);
	told("self", pidfd_send(self, SIGUSR1, 0, 0));
	say("seen %d\n", seen);
	told("self by /proc", pidfd_send(open("/proc/self", O_RDONLY | O_DIRECTORY), SIGUSR1, 0, 0));
	told("a thread by /proc", pidfd_send(open("/proc/thread-self", O_RDONLY | O_DIRECTORY), SIGUSR1, 0, 0));
	say("seen %d\n", seen);
	told("wrong signal", pidfd_send(self, 99, 0, 0));
	told("wrong flags", pidfd_send(self, 0, 0, 64));
	told("no pidfd", pidfd_send(0, 0, 0, 0));
	told("no process", pidfd_open_(999999, 0));
	told("no pid", pidfd_open_(-1, 0));
	told("wrong flags", pidfd_open_(getpid(), 1));
	told("read", read(self, &info, 8));
	told("seek", lseek(self, 0, SEEK_SET));
	return 0;
}
