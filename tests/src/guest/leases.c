/* Leases: who may take one, who is told of others by which signal, and how long those wait. */
#include "check.h"
#include <poll.h>

static volatile sig_atomic_t seen_signal, seen_fd, seen_code, seen_band;
static void on_lease(int sig, siginfo_t *info, void *context)
{
	seen_signal = sig;
	seen_code = info->si_code;
	seen_fd = sig == SIGIO ? 0 : info->si_fd;
	seen_band = sig == SIGIO ? 0 : info->si_band;
}

static const char *type_name(int type)
{
	return type == F_RDLCK ? "read" : type == F_WRLCK ? "write" : type == F_UNLCK ? "none" : strerror(errno);
}

static void lease(const char *who, int fd, int type)
{
	int result = fcntl(fd, F_SETLEASE, type);
	say("%s wants %s: %d%s%s\n", who, type_name(type), result, result ? " " : "", result ? strerror(errno) : "");
}

static void state(const char *who, int fd)
{
	say("%s has %s\n", who, type_name(fcntl(fd, F_GETLEASE)));
}

static int opened(const char *path, int flags)
{
	int fd = open(path, flags, 0644);
	say("open %o: %s\n", flags, fd < 0 ? strerror(errno) : "ok");
	return fd;
}

static int r;

/* A child that does something for which it may have to wait. */
static pid_t child_that(int flags, int cut)
{
	pid_t child = fork();
	if (!child) {
		close(r); /* or it would hold what it waits for */
		int fd = cut ? truncate("f", 1) : open("f", flags);
		_exit(fd < 0 ? errno : 0);
	}
	return child;
}

static void wait_for_signal(void)
{
	sigset_t set, old;
	sigemptyset(&set);
	sigaddset(&set, SIGIO);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, &old);
	sigset_t open = old;
	sigdelset(&open, SIGIO);
	sigdelset(&open, SIGRTMIN + 1);
	while (!seen_signal) sigsuspend(&open);
	sigprocmask(SIG_SETMASK, &old, 0);
	say("signal %s, code %d, band %x, descriptor %d\n", seen_signal == SIGIO ? "SIGIO" : "of ours", seen_signal == SIGIO ? 0 : seen_code, seen_band, seen_fd);
	seen_signal = 0;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_lease, .sa_flags = SA_SIGINFO };
	sigaction(SIGIO, &action, 0);
	sigaction(SIGRTMIN + 1, &action, 0);
	go_to_memory();
	close(open("f", O_CREAT | O_WRONLY, 0644));
	int r2;
	r = opened("f", O_RDONLY);
	r2 = opened("f", O_RDONLY);
	state("r", r);
	lease("r", r, 7);
	lease("r", r, F_UNLCK);
	lease("r", r, F_RDLCK);
	state("r", r);
	state("r2", r2);
	lease("r2", r2, F_RDLCK);
	lease("r", r, F_WRLCK);
	lease("r2", r2, F_UNLCK);
	close(r2);
	lease("r", r, F_WRLCK);
	state("r", r);
	lease("r", r, F_RDLCK);
	say("owner is me: %d\n", fcntl(r, F_GETOWN) == getpid());
	say("signal %d\n", fcntl(r, F_GETSIG));
	told("no such owner", fcntl(r, F_SETOWN, 999999));
	told("no such signal", fcntl(r, F_SETSIG, 70));

	say("-- others may read\n");
	r2 = opened("f", O_RDONLY);
	close(r2);
	say("-- who would write without waiting may not\n");
	opened("f", O_WRONLY | O_NONBLOCK);
	wait_for_signal();
	state("r", r);
	lease("r", r, F_UNLCK);
	close(opened("f", O_WRONLY | O_NONBLOCK));

	say("-- a writer waits until it is given back\n");
	fcntl(r, F_SETSIG, SIGRTMIN + 1);
	say("set signal: %d\n", fcntl(r, F_GETSIG) == SIGRTMIN + 1);
	lease("r", r, F_RDLCK);
	pid_t child = child_that(O_RDWR, 0);
	wait_for_signal();
	await_sleep(child);
	lease("r", r, F_UNLCK);
	reap("writer", child);
	say("signal %d, owner %d\n", fcntl(r, F_GETSIG), fcntl(r, F_GETOWN));

	say("-- truncate waits\n");
	lease("r", r, F_RDLCK);
	child = child_that(0, 1);
	wait_for_signal();
	await_sleep(child);
	lease("r", r, F_UNLCK);
	reap("truncate", child);

	say("-- a reader waits until a write lease becomes one to read\n");
	lease("r", r, F_WRLCK);
	fcntl(r, F_SETSIG, SIGRTMIN + 1);
	child = child_that(O_RDONLY, 0);
	wait_for_signal();
	state("r", r);
	await_sleep(child);
	lease("r", r, F_RDLCK);
	reap("reader", child);
	state("r", r);

	say("-- or until it is closed\n");
	lease("r", r, F_WRLCK);
	child = child_that(O_RDONLY, 0);
	wait_for_signal();
	await_sleep(child);
	close(r);
	reap("reader", child);

	say("-- a signal ends the wait\n");
	r = opened("f", O_RDONLY);
	lease("r", r, F_WRLCK);
	child = child_that(O_RDONLY, 0);
	wait_for_signal();
	await_sleep(child);
	kill(child, SIGTERM);
	reap("reader", child);
	lease("r", r, F_UNLCK);

	say("-- who has it open for writing\n");
	int w = opened("f", O_RDWR);
	lease("r", r, F_RDLCK);
	lease("w", w, F_RDLCK);
	lease("w", w, F_WRLCK);
	close(r);
	lease("w", w, F_RDLCK);
	lease("w", w, F_WRLCK);
	state("w", w);
	int p = opened("f", O_PATH);
	state("path", p);
	lease("path", p, F_RDLCK);
	int d = dup(w);
	lease("dup", d, F_UNLCK);
	state("w", w);
	close(d);

	say("-- what has none\n");
	int directory = opened(".", O_RDONLY | O_DIRECTORY), ends[2];
	lease("directory", directory, F_RDLCK);
	pipe(ends);
	lease("pipe", ends[0], F_RDLCK);
	lease("bad", 77, F_RDLCK);

	say("-- others' files\n");
	close(w);
	chmod("f", 0666);
	child = fork();
	if (!child) {
		if (setgid(1000) || setuid(1000)) _exit(1);
		int o = opened("f", O_RDONLY);
		lease("other", o, F_RDLCK);
		_exit(0);
	}
	reap("other", child);

	say("-- owners\n");
	r = opened("f", O_RDONLY);
	struct { int type, pid; } owner = { 1, getpid() };
	say("owner %d\n", fcntl(r, F_GETOWN));
	told("process", fcntl(r, F_SETOWN, getpid()));
	say("me: %d\n", fcntl(r, F_GETOWN) == getpid());
	told("group", fcntl(r, F_SETOWN, -getpgrp()));
	say("group: %d\n", fcntl(r, F_GETOWN) == -getpgrp());
	told("ex", fcntl(r, 16, &owner));
	say("ex: %d %d\n", owner.type, owner.pid == getpgrp());
	owner.type = 0;
	owner.pid = getpid();
	told("thread", fcntl(r, 15, &owner));
	owner.type = 9;
	told("wrong", fcntl(r, 15, &owner));
	told("nobody", fcntl(r, F_SETOWN, 0));
	say("nobody: %d\n", fcntl(r, F_GETOWN));
	return 0;
}
