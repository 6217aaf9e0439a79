/* O_ASYNC: who owns a pipe, FIFO, socket, terminal or inotify file is told by a signal what happens to it. */
#include "check.h"
#include <netinet/in.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>

static int numbers[8];
static const char *names[8];

static const char *name_of(int fd)
{
	for (int i = 0; i < 8; i++) if (names[i] && numbers[i] == fd) return names[i];
	return "another";
}

/* Says which signals wait, and what they tell. */
static void waiting(const char *what)
{
	sigset_t set;
	siginfo_t info;
	struct timespec none = {0, 0};
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGRTMIN);
	int count = 0;
	while (sigtimedwait(&set, &info, &none) > 0) {
		count++;
		if (info.si_signo == SIGIO) say("%s: SIGIO, code %d\n", what, info.si_code);
		else say("%s: %s, code %d, band %lx\n", what, name_of(info.si_fd), info.si_code, (long) info.si_band);
	}
	if (count == 0) say("%s: nothing\n", what);
}

static void watch(int index, const char *name, int fd, int sig)
{
	numbers[index] = fd;
	names[index] = name;
	if (sig) fcntl(fd, F_SETSIG, sig);
	told("owner", fcntl(fd, F_SETOWN, getpid()));
	told("flag", fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC));
	say("%s: %s\n", name, fcntl(fd, F_GETFL) & O_ASYNC ? "is told of" : "is not told of");
}

static void through_pipe(void)
{
	int ends[2];
	char text[8];
	pipe(ends);
	watch(0, "reader", ends[0], SIGRTMIN);
	watch(1, "writer", ends[1], SIGRTMIN);
	write(ends[1], "one", 3);
	waiting("a write");
	write(ends[1], "two", 3);
	write(ends[1], "six", 3);
	waiting("two writes");
	read(ends[0], text, 3);
	waiting("a read");
	fcntl(ends[0], F_SETFL, 0);
	write(ends[1], "x", 1);
	waiting("a write, with the flag cleared");
	fcntl(ends[0], F_SETFL, O_ASYNC);
	fcntl(ends[0], F_SETSIG, 0);
	write(ends[1], "y", 1);
	write(ends[1], "z", 1);
	waiting("two writes, without a signal of its own");
	fcntl(ends[0], F_SETOWN, 0);
	write(ends[1], "y", 1);
	waiting("a write, without an owner");
	fcntl(ends[0], F_SETSIG, SIGRTMIN);
	fcntl(ends[0], F_SETOWN, getpid());
	int other = dup(ends[0]);
	close(ends[1]);
	waiting("the writer gone");
	close(ends[0]);
	waiting("a descriptor closed");
	close(other);
}

static void through_fifo(void)
{
	mkfifo("fifo", 0600);
	int both = open("fifo", O_RDWR), writer = open("fifo", O_WRONLY | O_ASYNC);
	say("flag of open: %d\n", (fcntl(writer, F_GETFL) & O_ASYNC) != 0);
	watch(2, "fifo", both, SIGRTMIN);
	write(writer, "one", 3);
	waiting("a write to the FIFO");
	close(writer);
	close(both);
}

static void through_sockets(void)
{
	int pair[2];
	char text[8];
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	watch(3, "stream", pair[0], SIGRTMIN);
	write(pair[1], "one", 3);
	waiting("a write to the other socket");
	read(pair[0], text, 8);
	write(pair[0], "two", 3);
	read(pair[1], text, 8);
	waiting("reads, and a write of its own");
	shutdown(pair[1], SHUT_WR);
	waiting("the end of what is sent");
	close(pair[1]);
	waiting("the other socket gone");
	close(pair[0]);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	watch(3, "datagrams", pair[0], SIGRTMIN);
	send(pair[1], "a", 1, 0);
	send(pair[1], "b", 1, 0);
	waiting("two messages");
	close(pair[0]);
	close(pair[1]);
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "listener" };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), caller = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *) &address, sizeof address);
	listen(listener, 5);
	watch(4, "listener", listener, SIGRTMIN);
	connect(caller, (struct sockaddr *) &address, sizeof address);
	waiting("a connection");
	close(caller);
	close(listener);
}

static void through_terminal(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(master);
	unlockpt(master);
	int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	watch(5, "terminal", slave, SIGRTMIN);
	write(master, "half", 4);
	waiting("half a line");
	write(master, "\n", 1);
	struct pollfd ready = { slave, POLLIN, 0 };
	poll(&ready, 1, -1);
	waiting("a line");
	int other = open(ptsname(master), O_RDWR | O_NOCTTY);
	fcntl(other, F_SETFL, O_ASYNC);
	say("its owner is %s\n", fcntl(other, F_GETOWN) == getpid() ? "who asked" : "another");
	close(other);
	close(slave);
	close(master);
}

static void through_inotify(void)
{
	int watcher = inotify_init();
	inotify_add_watch(watcher, ".", IN_CREATE);
	watch(6, "inotify", watcher, SIGRTMIN);
	close(creat("file", 0600));
	waiting("a new file");
	close(watcher);
}

static void elsewhere(void)
{
	int on = 1, file = open("file", O_RDWR), ends[2];
	fcntl(file, F_SETFL, O_ASYNC);
	say("a file keeps no such flag: %d\n", !(fcntl(file, F_GETFL) & O_ASYNC));
	told("FIOASYNC of a file", ioctl(file, FIOASYNC, &on));
	on = 0;
	told("FIOASYNC of a file, off", ioctl(file, FIOASYNC, &on));
	pipe(ends);
	on = 1;
	told("FIOASYNC of a pipe", ioctl(ends[0], FIOASYNC, &on));
	say("flag: %d\n", (fcntl(ends[0], F_GETFL) & O_ASYNC) != 0);
	/* Another process is told, which has the file from this one. */
	pid_t child = fork();
	if (child == 0) {
		fcntl(ends[0], F_SETOWN, getpid());
		close(ends[1]);
		sigset_t set;
		sigemptyset(&set);
		sigaddset(&set, SIGIO);
		kill(getppid(), SIGUSR1);
		int sig;
		sigwait(&set, &sig);
		_exit(sig == SIGIO ? 7 : 1);
	}
	sigset_t set;
	int sig;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigwait(&set, &sig);
	write(ends[1], "x", 1);
	reap("the owner", child);
}

int main(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, 0);
	go_to_memory();
	through_pipe();
	through_fifo();
	through_sockets();
	through_terminal();
	through_inotify();
	elsewhere();
	return 0;
}
