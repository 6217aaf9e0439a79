/* Locks of what has no name: pipes and sockets. `make -O` keeps the outputs of its jobs apart by a lock on a pipe. */
#include "check.h"
#include <sys/file.h>
#include <sys/socket.h>

static struct flock whole(int type)
{
	return (struct flock){ .l_type = type, .l_whence = SEEK_SET };
}

static const char *set(int fd, int command, int type)
{
	struct flock lock = whole(type);
	return fcntl(fd, command, &lock) == 0 ? "ok" : errno == EAGAIN || errno == EACCES ? "busy" : errno == EBADF ? "EBADF" : "other";
}

static const char *take(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 ? "ok" : errno == EWOULDBLOCK ? "busy" : "other";
}

/* What another process can lock of two descriptors, and whom it sees. */
static void other(const char *what, int one, int two)
{
	if (!fork()) {
		struct flock lock = whole(F_RDLCK);
		int result = fcntl(one, F_GETLK, &lock);
		say("%s: get %d, %s; ", what, result,
			lock.l_type == F_UNLCK ? "free" : lock.l_pid == getppid() ? "the parent's" : "somebody's");
		say("set %s, ", set(one, F_SETLK, F_WRLCK));
		say("%s\n", set(two, F_SETLK, F_WRLCK));
		_exit(0);
	}
	wait(0);
}

int main(void)
{
	int pipes[2], sockets[2];
	pipe(pipes);
	socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
	for (int end = 0; end < 2; end++) {
		say("end %d: read %s", end, set(pipes[end], F_SETLK, F_RDLCK));
		say(", write %s\n", set(pipes[end], F_SETLK, F_WRLCK));
	}
	other("pipe", pipes[1], pipes[1]);
	close(dup(pipes[0]));
	other("after a close", pipes[1], pipes[1]);
	say("of the open file: %s\n", set(pipes[1], F_OFD_SETLK, F_WRLCK));
	other("of the open file", pipes[1], pipes[1]);
	say("flock: %s", take(pipes[0]));
	say(", %s", take(pipes[1]));
	close(pipes[0]);
	say(", %s\n", take(pipes[1]));
	say("socket: %s\n", set(sockets[0], F_SETLK, F_WRLCK));
	other("sockets", sockets[0], sockets[1]);
	say("waited for: ");
	if (!fork()) {
		say("%s\n", set(sockets[0], F_SETLKW, F_WRLCK));
		_exit(0);
	}
	set(sockets[0], F_SETLK, F_UNLCK);
	wait(0);
	return 0;
}
