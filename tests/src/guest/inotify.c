// inotify: what is told of directories and files, in order; moves, the end of files, masks, limits of reading.
#include "check.h"
#include <poll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>

static int fd, cookie, cookies;

static void show(const char *what)
{
	static const char *names[] = { "ACCESS", "MODIFY", "ATTRIB", "CLOSE_WRITE", "CLOSE_NOWRITE", "OPEN", "MOVED_FROM",
		"MOVED_TO", "CREATE", "DELETE", "DELETE_SELF", "MOVE_SELF", 0, "UNMOUNT", "Q_OVERFLOW", "IGNORED" };
	char buffer[8192] __attribute__((aligned(8)));
	ssize_t got = read(fd, buffer, sizeof buffer);
	say("%s:\n", what);
	if (got < 0) say("  %s\n", strerror(errno));
	for (char *at = buffer; at < buffer + got; ) {
		struct inotify_event *e = (void *)at;
		if (e->cookie && e->cookie != cookie) {
			cookie = e->cookie;
			cookies++;
		}
		say("  %d", e->wd);
		for (int bit = 0; bit < 16; bit++) if (e->mask & 1u << bit) say(" %s", names[bit]);
		if (e->mask & IN_ISDIR) say(" ISDIR");
		if (e->cookie) say(" cookie %d", cookies);
		say(" %d %s\n", e->len, e->len ? e->name : "");
		at += sizeof *e + e->len;
	}
}

int main(void)
{
	fd = inotify_init1(IN_NONBLOCK);
	mkdir("d", 0777);
	mkdir("d/sub", 0777);
	mkdir("other", 0777);
	int d = inotify_add_watch(fd, "d", IN_ALL_EVENTS);
	say("watch %d\n", d);
	show("nothing");

	int f = open("d/file", O_CREAT | O_RDWR, 0600);
	write(f, "hello", 5);
	write(f, "hello", 5);
	char c[4];
	pread(f, c, 4, 0);
	read(f, c, 4);
	fchmod(f, 0644);
	ftruncate(f, 1);
	close(f);
	show("a file's life");
	close(open("d/file", O_RDONLY));
	chmod("d/file", 0600);
	truncate("d/file", 0);
	struct timespec times[2] = { { 1, 0 }, { 2, 0 } };
	utimensat(AT_FDCWD, "d/file", times, 0);
	times[0].tv_nsec = UTIME_OMIT;
	utimensat(AT_FDCWD, "d/file", times, 0);
	close(open("d/file", O_PATH));
	show("by name");
	mkdir("d/new", 0700);
	symlink("x", "d/link");
	mknod("d/fifo", S_IFIFO | 0600, 0);
	link("d/file", "d/second");
	rmdir("d/new");
	unlink("d/link");
	unlink("d/second");
	show("entries");
	rename("d/file", "d/renamed");
	rename("d/renamed", "other/file");
	rename("other/file", "d/back");
	rename("d/sub", "d/sub2");
	rename("d/back", "d/fifo");
	show("moves");
	chmod("d", 0700);
	close(open("d", O_RDONLY));
	show("the directory itself");

	// A file: its own events, until nothing is left of it.
	int w = inotify_add_watch(fd, "d/fifo", IN_ALL_EVENTS);
	inotify_rm_watch(fd, d);
	f = open("d/fifo", O_WRONLY | O_APPEND);
	write(f, "x", 1);
	link("d/fifo", "d/two");
	rename("d/fifo", "d/one");
	unlink("d/two");
	unlink("d/one");
	show("a file itself");
	write(f, "y", 1);
	close(f);
	show("its end");
	told("its watch is gone", inotify_rm_watch(fd, w));

	// A replaced file, and a directory that is moved and removed.
	close(creat("a", 0600));
	close(creat("b", 0600));
	w = inotify_add_watch(fd, "b", IN_ALL_EVENTS);
	rename("a", "b");
	show("replaced");
	w = inotify_add_watch(fd, "other", IN_ALL_EVENTS);
	rename("other", "another");
	rmdir("another");
	show("a directory");

	// Masks.
	w = inotify_add_watch(fd, "d", IN_CREATE);
	say("again %d\n", inotify_add_watch(fd, "d", IN_DELETE | IN_MASK_ADD) == w);
	told("must be new", inotify_add_watch(fd, "d", IN_DELETE | IN_MASK_CREATE));
	close(creat("d/x", 0600));
	unlink("d/x");
	show("create and delete");
	inotify_add_watch(fd, "d", IN_DELETE);
	close(creat("d/x", 0600));
	unlink("d/x");
	show("delete only");
	inotify_add_watch(fd, "d", IN_CREATE | IN_ONESHOT);
	close(creat("d/x", 0600));
	close(creat("d/y", 0600));
	show("once");
	symlink("d", "to");
	told("no directory", inotify_add_watch(fd, "d/x", IN_CREATE | IN_ONLYDIR));
	told("no event", inotify_add_watch(fd, "d", 0));
	told("none", inotify_add_watch(fd, "nothing", IN_CREATE));
	told("no inotify", inotify_add_watch(0, "d", IN_CREATE));
	told("no descriptor", inotify_add_watch(99, "d", IN_CREATE));
	told("wrong flags", inotify_init1(1));
	w = inotify_add_watch(fd, "to", IN_ALL_EVENTS | IN_DONT_FOLLOW);
	unlink("to");
	show("a link");

	// Reading.
	w = inotify_add_watch(fd, "d", IN_CREATE);
	close(creat("d/a name that is longer than sixteen bytes", 0600));
	int bytes = -1;
	ioctl(fd, FIONREAD, &bytes);
	struct pollfd p = { fd, POLLIN, 0 };
	int ready = poll(&p, 1, 0);
	say("bytes %d, poll %d %x\n", bytes, ready, p.revents);
	char small[32];
	told("too small", read(fd, small, sizeof small));
	show("long name");
	fcntl(fd, F_SETFL, 0);
	if (!fork()) {
		await_sleep(getppid());
		close(creat("d/from a child", 0600));
		_exit(0);
	}
	show("waited for");
	wait(0);
	return 0;
}
