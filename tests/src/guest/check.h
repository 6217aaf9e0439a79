/* What the guest tests share. Each test is a program of its own; it prints what it sees, in an order that
 * does not depend on timing, and the output on Linux and in Javix is compared. */
#ifndef CHECK_H
#define CHECK_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Prints at once, so that parent and child share no unwritten output. */
static void say(const char *format, ...)
{
	char line[512];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	for (int at = 0; at < length; ) {
		int written = write(1, line + at, length - at);
		if (written > 0) at += written;
		else if (errno != EINTR) _exit(99);
	}
}

/* What a call gave, with its error. */
static void told(const char *what, long result)
{
	say("%s: %ld%s%s\n", what, result, result < 0 ? " " : "", result < 0 ? strerror(errno) : "");
}

/* A wait status in words. */
static const char *status_text(int status)
{
	static char text[64];
	if (WIFEXITED(status)) snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
	else if (WIFSIGNALED(status)) snprintf(text, sizeof text, "killed by %d", WTERMSIG(status));
	else if (WIFSTOPPED(status)) snprintf(text, sizeof text, "stopped by %d", WSTOPSIG(status));
	else if (WIFCONTINUED(status)) snprintf(text, sizeof text, "continued");
	else snprintf(text, sizeof text, "status %x", status);
	return text;
}

/* Waits for one child and says how it ended. */
static int reap(const char *what, pid_t pid)
{
	int status = -1;
	pid_t got;
	do got = waitpid(pid, &status, 0); while (got < 0 && errno == EINTR);
	if (got != pid) say("%s: waitpid gave %s\n", what, got < 0 ? strerror(errno) : "another child");
	else say("%s: %s\n", what, status_text(status));
	return status;
}

static void on_signal(int sig, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	sigemptyset(&action.sa_mask);
	if (sigaction(sig, &action, 0)) say("sigaction %d: %s\n", sig, strerror(errno));
}

static void sleep_ms(int milliseconds)
{
	struct timespec rest = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	while (nanosleep(&rest, &rest) && errno == EINTR);
}

/* Goes to a new directory of a tmpfs on either machine, since other file systems differ in what they keep of a file. It
 * is removed at the end. */
static char memory_directory[] = "/dev/shm/javix-check-XXXXXX";

static void leave_memory(void)
{
	char command[100];
	snprintf(command, sizeof command, "rm -rf %s", memory_directory);
	if (chdir("/") || system(command)) say("cannot leave the directory\n");
}

static void go_to_memory(void)
{
	if (!mkdtemp(memory_directory) || chdir(memory_directory)) say("no directory: %s\n", strerror(errno));
	atexit(leave_memory);
}

/* Returns once a process or thread waits in a system call, or has ended, however fast the machine is. It has to be
 * seen asleep three times: a moment's sleep may be a page that is brought in. */
static void await_sleep_of(const char *stat)
{
	for (int seen = 0; seen < 3; sleep_ms(1)) {
		char line[100] = "";
		int fd = open(stat, O_RDONLY | O_CLOEXEC);
		int got = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
		if (fd >= 0) close(fd);
		if (got <= 0) return;
		char *name_end = strrchr(line, ')');
		if (!name_end || name_end[2] == 'Z') return;
		seen = name_end[2] == 'S' ? seen + 1 : 0;
	}
}

static void await_sleep(pid_t pid)
{
	char path[40];
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	await_sleep_of(path);
}

/* A child that sends its parent a signal as soon as that sleeps. */
static pid_t signal_in_sleep(int sig)
{
	pid_t self = getpid(), child = fork();
	if (!child) {
		await_sleep(self);
		kill(self, sig);
		_exit(0);
	}
	return child;
}

#endif
