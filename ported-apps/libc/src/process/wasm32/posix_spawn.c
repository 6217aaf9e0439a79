#include <spawn.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include "syscall.h"
#include "../fdop.h"

/* The calls below agree with the host on these three layouts. */

struct spawn_action {
	int op, fd, new_fd;
	const char *path;
	int flags;
	unsigned mode;
};

struct spawn_actions {
	int count;
	const struct spawn_action *actions;
};

struct spawn_attributes {
	int flags, group;
	unsigned defaults[2], mask[2];
	int policy, priority;
};

/* Starts a process without a copy of this one. Everything that a child would do between fork and exec is
 * handed to the host as data. */
int posix_spawn(pid_t *restrict result, const char *restrict path,
	const posix_spawn_file_actions_t *file_actions,
	const posix_spawnattr_t *restrict attributes,
	char *const argv[restrict], char *const envp[restrict])
{
	struct fdop *op, *first = 0;
	int count = 0;
	/* The list is kept newest first. */
	if (file_actions) for (op = file_actions->__actions; op; op = op->next) {
		first = op;
		count++;
	}
	struct spawn_action actions[count + 1];
	int i = 0;
	for (op = first; op; op = op->prev) actions[i++] = (struct spawn_action) {
		.op = op->cmd,
		.fd = op->cmd == FDOP_DUP2 ? op->srcfd : op->fd,
		.new_fd = op->cmd == FDOP_DUP2 ? op->fd : -1,
		.path = op->cmd == FDOP_OPEN || op->cmd == FDOP_CHDIR ? op->path : 0,
		.flags = op->oflag,
		.mode = op->mode,
	};
	struct spawn_actions list = { count, actions };
	struct spawn_attributes attr = { 0 };
	if (attributes) {
		attr.flags = attributes->__flags;
		attr.group = attributes->__pgrp;
		memcpy(attr.defaults, &attributes->__def, sizeof attr.defaults);
		memcpy(attr.mask, &attributes->__mask, sizeof attr.mask);
		attr.policy = attributes->__pol;
		attr.priority = attributes->__prio;
	}
	int pid = __syscall(SYS_spawn, path, argv, envp, count ? &list : 0, attributes ? &attr : 0);
	if (pid < 0) return -pid;
	if (result) *result = pid;
	return 0;
}
