/* Record locks: splitting and merging, who releases what, exec and fork, deadlock over three processes, signals,
 * open-file-description locks, lockf and flock. */
#include "check.h"
#include <sys/file.h>

static int set(int fd, int command, int type, off_t start, off_t length)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
	return fcntl(fd, command, &lock) ? -errno : 0;
}

static const char *word(int result)
{
	return result == 0 ? "ok" : result == -EAGAIN || result == -EACCES ? "busy" : result == -EDEADLK ? "EDEADLK"
		: result == -EINTR ? "EINTR" : result == -EBADF ? "EBADF" : result == -EINVAL ? "EINVAL"
		: result == -EOVERFLOW ? "EOVERFLOW" : "other";
}

/* What another process sees, byte by byte. */
static void map(const char *what, int length)
{
	char text[64] = "";
	pid_t child = fork();
	if (!child) {
		int fd = open("f", O_RDWR);
		for (int i = 0; i < length; i++) {
			struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = i, .l_len = 1 };
			fcntl(fd, F_GETLK, &lock);
			text[i] = lock.l_type == F_UNLCK ? '.' : lock.l_type == F_RDLCK ? 'r' : 'w';
		}
		say("%s: %s\n", what, text);
		_exit(0);
	}
	waitpid(child, 0, 0);
}

static void split_and_merge(int fd)
{
	set(fd, F_SETLK, F_WRLCK, 0, 10);
	set(fd, F_SETLK, F_UNLCK, 3, 2);
	set(fd, F_SETLK, F_RDLCK, 7, 1);
	map("split", 12);
	set(fd, F_SETLK, F_WRLCK, 7, 1);
	set(fd, F_SETLK, F_WRLCK, 3, 2);
	map("merged", 12);
	set(fd, F_SETLK, F_RDLCK, 20, 0);
	lseek(fd, 5, SEEK_SET);
	struct flock back = { .l_type = F_UNLCK, .l_whence = SEEK_CUR, .l_start = 0, .l_len = -3 };
	say("negative length %d\n", fcntl(fd, F_SETLK, &back));
	map("backwards", 24);
	set(fd, F_SETLK, F_UNLCK, 0, 0);
	map("none", 24);
}

static void refusals(int fd)
{
	int reads = open("f", O_RDONLY), writes = open("f", O_WRONLY);
	say("write lock on a reader %s, read lock on a writer %s\n", word(set(reads, F_SETLK, F_WRLCK, 0, 1)),
		word(set(writes, F_SETLK, F_RDLCK, 0, 1)));
	say("bad type %s, before the start %s, too far %s\n", word(set(fd, F_SETLK, 9, 0, 1)),
		word(set(fd, F_SETLK, F_WRLCK, 0, -1)), word(set(fd, F_SETLK, F_WRLCK, 0x7fffffffffffffff, 2)));
	close(reads);
	close(writes);
}

static void released_at_close(int fd)
{
	set(fd, F_SETLK, F_WRLCK, 0, 4);
	int copy = dup(fd);
	map("locked", 5);
	close(copy);
	map("after closing a duplicate", 5);
	set(fd, F_SETLK, F_WRLCK, 0, 4);
	close(open("f", O_RDONLY));
	map("after closing another", 5);
}

static void kept_by_exec(int fd, const char *self)
{
	int ready[2];
	pipe(ready);
	set(fd, F_SETLK, F_WRLCK, 0, 2);
	pid_t child = fork();
	if (!child) {
		say("child gets it: %s\n", word(set(fd, F_SETLK, F_WRLCK, 0, 1)));
		set(fd, F_SETLK, F_WRLCK, 10, 2);
		close(ready[0]);
		dup2(ready[1], 9);
		execl(self, self, "hold", (char *) 0);
		_exit(1);
	}
	close(ready[1]);
	char c;
	read(ready[0], &c, 1);
	say("after its exec: %s\n", word(set(fd, F_SETLK, F_WRLCK, 11, 1)));
	kill(child, SIGKILL);
	waitpid(child, 0, 0);
	say("after its end: %s\n", word(set(fd, F_SETLK, F_WRLCK, 11, 1)));
	close(ready[0]);
	set(fd, F_SETLK, F_UNLCK, 0, 0);
}

/* Three processes hold a byte each and want the next one's; the last to ask is refused. */
static void deadlock(void)
{
	int go[2], held[2];
	pipe(go);
	pipe(held);
	pid_t children[3];
	for (int i = 0; i < 3; i++) {
		children[i] = fork();
		if (!children[i]) {
			int fd = open("f", O_RDWR);
			set(fd, F_SETLK, F_WRLCK, i, 1);
			write(held[1], "x", 1);
			char c;
			read(go[0], &c, 1);
			int result = set(fd, F_SETLKW, F_WRLCK, (i + 1) % 3, 1);
			_exit(result == 0 ? 0 : result == -EDEADLK ? 35 : 1);
		}
		char c;
		read(held[0], &c, 1);
	}
	write(go[1], "xxx", 3);
	int refused = 0, got = 0, status;
	for (int i = 0; i < 3; i++) {
		waitpid(children[i], &status, 0);
		refused += WEXITSTATUS(status) == 35;
		got += WEXITSTATUS(status) == 0;
	}
	say("deadlock: %d refused, %d served\n", refused, got);
}

static void on_alarm(int sig) {}

static void interrupted(int fd)
{
	pid_t child;
	set(fd, F_SETLK, F_WRLCK, 0, 1);
	if (!(child = fork())) {
		on_signal(SIGALRM, on_alarm, 0);
		pid_t sender = signal_in_sleep(SIGALRM);
		say("waiting: %s\n", word(set(fd, F_SETLKW, F_WRLCK, 0, 1)));
		waitpid(sender, 0, 0);
		_exit(0);
	}
	waitpid(child, 0, 0);
	set(fd, F_SETLK, F_UNLCK, 0, 0);
}

static void descriptions(void)
{
	int one = open("f", O_RDWR), two = open("f", O_RDWR), same = dup(one);
	say("ofd %s,", word(set(one, F_OFD_SETLK, F_WRLCK, 0, 5)));
	say(" another %s,", word(set(two, F_OFD_SETLK, F_RDLCK, 4, 1)));
	say(" a duplicate %s,", word(set(same, F_OFD_SETLK, F_RDLCK, 4, 1)));
	say(" record lock %s\n", word(set(two, F_SETLK, F_WRLCK, 0, 1)));
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 0 };
	fcntl(two, F_OFD_GETLK, &lock);
	say("seen: %d from %d length %d by %d\n", lock.l_type == F_WRLCK, (int) lock.l_start, (int) lock.l_len, lock.l_pid);
	lock.l_pid = 1;
	say("with a pid %s\n", word(fcntl(two, F_OFD_SETLK, &lock) ? -errno : 0));
	close(open("f", O_RDWR));
	say("still held after a close: %s\n", word(set(two, F_OFD_SETLK, F_WRLCK, 0, 1)));
	close(one);
	say("and by the duplicate: %s\n", word(set(two, F_OFD_SETLK, F_WRLCK, 0, 1)));
	close(same);
	say("then free: %s\n", word(set(two, F_OFD_SETLK, F_WRLCK, 0, 5)));
	close(two);
}

static int whole(int fd, int operation)
{
	return flock(fd, operation | LOCK_NB) ? -errno : 0;
}

static void flocks(void)
{
	int one = open("f", O_RDONLY), two = open("f", O_RDONLY);
	say("shared %s %s,", word(whole(one, LOCK_SH)), word(whole(two, LOCK_SH)));
	say(" upgrade %s,", word(whole(one, LOCK_EX)));
	say(" the lock was lost meanwhile: %s,", word(whole(two, LOCK_EX)));
	say(" downgrade %s", word(whole(two, LOCK_SH)));
	say(" shared %s\n", word(whole(one, LOCK_SH)));
	whole(one, LOCK_UN);
	whole(two, LOCK_UN);
	whole(one, LOCK_EX);
	if (!fork()) {
		say("in a child %s,", word(whole(two, LOCK_SH)));
		say(" by the inherited one %s\n", word(whole(one, LOCK_UN)));
		_exit(0);
	}
	wait(0);
	say("unlocked for the parent: %s\n", word(whole(two, LOCK_EX)));
	say("nonsense %s\n", word(whole(one, LOCK_SH | LOCK_EX)));
	close(one);
	close(two);
}

static void lockfs(int fd)
{
	lseek(fd, 10, SEEK_SET);
	say("lockf %d\n", lockf(fd, F_LOCK, 5));
	map("from the position", 16);
	if (!fork()) {
		int other = open("f", O_RDWR);
		lseek(other, 12, SEEK_SET);
		int test = lockf(other, F_TEST, 1) ? -errno : 0;
		int take = lockf(other, F_TLOCK, 1) ? -errno : 0;
		say("test %s, try %s\n", word(test), word(take));
		_exit(0);
	}
	wait(0);
	lockf(fd, F_ULOCK, 0);
	map("unlocked", 16);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		write(9, "x", 1);
		pause();
	}
	int fd = open("f", O_RDWR | O_CREAT, 0644);
	split_and_merge(fd);
	refusals(fd);
	released_at_close(fd);
	kept_by_exec(fd, "../program");
	deadlock();
	interrupted(fd);
	descriptions();
	flocks();
	lockfs(fd);
	return 0;
}
