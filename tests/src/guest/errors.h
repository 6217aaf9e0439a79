/* What the programs share that try calls with arguments that are wrong, one by one. */
#ifndef ERRORS_H
#define ERRORS_H

#include "check.h"
#include <limits.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* An address that no program has, and a descriptor that is not open. It is below 64, the size of a new table: Linux's select does
 * not look at what lies beyond. */
#define BAD ((void *)(intptr_t)-64)
#define CLOSED 60

/* Whoever runs this may have it open. */
__attribute__((constructor)) static void close_what_is_closed(void)
{
	close(CLOSED);
}

/* Says how a call that gives -1 and an errno went. Numbers that are no errors differ between machines, so all that
 * succeeds is "ok". */
#define TRY(call) (errno = 0, tried(#call, (long)(intptr_t)(call)))

static void tried(const char *call, long result)
{
	say("%s: %s\n", call, result == -1 ? strerror(errno) : "ok");
}

/* The same of a call that returns the error. */
#define TRY_ERROR(call) told_error(#call, (call))

static inline void told_error(const char *call, int error)
{
	say("%s: %s\n", call, error ? strerror(error) : "ok");
}

/* Does something in a child, which changes nothing here. */
#define IN_CHILD(...) do { \
		pid_t child_ = fork(); \
		if (!child_) { __VA_ARGS__; _exit(0); } \
		int status_; \
		waitpid(child_, &status_, 0); \
		if (status_) say("in a child: %s\n", status_text(status_)); \
	} while (0)

/* Becomes a user without privileges, for good. */
static inline void become_nobody(void)
{
	if (setgid(65534) || setuid(65534)) say("still privileged\n");
}

#endif
