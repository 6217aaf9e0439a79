/* What new files of every kind get of the list for new files of their directory, whatever the umask is, and what chmod does to
 * the lists of files. */
#include "check.h"
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/xattr.h>

#define ACCESS "system.posix_acl_access"
#define DEFAULT "system.posix_acl_default"

enum { USER_OBJ = 1, USER = 2, GROUP_OBJ = 4, GROUP = 8, MASK = 16, OTHER = 32 };

struct entry { unsigned short tag, perm; unsigned id; };
struct list { unsigned version; struct entry entries[10]; };

static const struct list lists[] = {
	{ 0 },
	{ 2, { { USER_OBJ, 7, -1 }, { GROUP_OBJ, 5, -1 }, { OTHER, 4, -1 } } },
	{ 2, { { USER_OBJ, 6, -1 }, { GROUP_OBJ, 0, -1 }, { OTHER, 7, -1 } } },
	{ 2, { { USER_OBJ, 7, -1 }, { USER, 7, 2001 }, { GROUP_OBJ, 5, -1 }, { MASK, 7, -1 }, { OTHER, 0, -1 } } },
	{ 2, { { USER_OBJ, 7, -1 }, { GROUP_OBJ, 7, -1 }, { GROUP, 2, 3001 }, { MASK, 5, -1 }, { OTHER, 3, -1 } } },
	{ 2, { { USER_OBJ, 0, -1 }, { USER, 1, 2001 }, { GROUP_OBJ, 4, -1 }, { MASK, 0, -1 }, { OTHER, 0, -1 } } },
};

static int set(const char *path, const char *name, const struct list *list)
{
	int count = 0;
	while (count < 10 && list->entries[count].tag) count++;
	return setxattr(path, name, list, 4 + count * sizeof *list->entries, 0);
}

static void show(const char *what, const char *path)
{
	struct stat st;
	if (lstat(path, &st)) { told(what, -1); return; }
	say(" %s %o", what, st.st_mode);
	const char *names[] = { ACCESS, DEFAULT };
	for (int i = 0; i < 2; i++) {
		struct list list;
		int length = lgetxattr(path, names[i], &list, sizeof list);
		if (length < 0) { say("%s", errno == ENODATA ? "" : " no lists"); continue; }
		say(" %s", i ? "default" : "access");
		for (int k = 0; k < (length - 4) / 8; k++) say(" %d:%o", list.entries[k].tag, list.entries[k].perm);
	}
	say("\n");
}

static void make_all(void)
{
	static const int modes[] = { 0666, 0777, 0600, 0444, 0, 04755 };
	char name[32];
	for (int i = 0; i < 6; i++) {
		sprintf(name, "file%o", modes[i]);
		close(open(name, O_RDWR | O_CREAT, modes[i]));
		show(name, name);
		sprintf(name, "dir%o", modes[i]);
		mkdir(name, modes[i]);
		show(name, name);
	}
	mkdir("sticky", 01777);
	show("sticky", "sticky");
	mkfifo("fifo", 0666);
	show("fifo", "fifo");
	mknod("node", S_IFREG | 0755, 0);
	show("node", "node");
	mknod("device", S_IFCHR | 0666, 0x103);
	show("device", "device");
	symlink("file666", "link");
	show("link", "link");
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *) &address, sizeof address);
	close(listener);
	show("socket", "socket");
	int unnamed = open(".", O_TMPFILE | O_RDWR, 0666);
	char path[64];
	sprintf(path, "/proc/self/fd/%d", unnamed);
	if (linkat(AT_FDCWD, path, AT_FDCWD, "named", AT_SYMLINK_FOLLOW)) told("linkat", -1);
	close(unnamed);
	show("named", "named");
	link("file666", "hard");
	show("hard", "hard");
	mkdir("dir777/below", 0777);
	show("below", "dir777/below");
	close(open("dir777/below/file", O_CREAT | O_WRONLY, 0666));
	show("below that", "dir777/below/file");
	rename("../moved", "moved");
	show("moved", "moved");
}

static void change(void)
{
	static const int modes[] = { 0777, 0640, 0, 02755, 07707, 0070 };
	for (int i = 1; i < 6; i++) {
		close(open("f", O_CREAT | O_WRONLY, 0600));
		say("list %d: %d\n", i, set("f", ACCESS, &lists[i]));
		show("set", "f");
		for (int k = 0; k < 6; k++) {
			chmod("f", modes[k]);
			show("chmod", "f");
		}
		/* A list of three entries and those of chmod are the same thing. */
		say("removed: %d\n", removexattr("f", ACCESS));
		show("removed", "f");
		unlink("f");
	}
	/* Setting a list takes the set-group-id bit of who is not in the group. */
	close(open("f", O_CREAT | O_WRONLY, 0600));
	chown("f", 2001, 3001);
	chmod("f", 06755);
	pid_t child = fork();
	if (child == 0) {
		setgid(3002);
		setuid(2001);
		say("by the owner: %d\n", set("f", ACCESS, &lists[3]));
		_exit(0);
	}
	waitpid(child, 0, 0);
	show("by the owner", "f");
	child = fork();
	if (child == 0) {
		setgid(3001);
		setuid(2002);
		int error = set("f", ACCESS, &lists[1]);
		say("by another: %d %s\n", error, strerror(errno));
		error = chmod("f", 0777);
		say("chmod by another: %d %s\n", error, strerror(errno));
		_exit(0);
	}
	waitpid(child, 0, 0);
	unlink("f");
}

int main(void)
{
	static const int masks[] = { 0, 022, 077, 0777 };
	go_to_memory();
	chmod(".", 0777);
	for (int i = 0; i < 6; i++) {
		for (int k = 0; k < 4; k++) {
			say("list %d, umask %o\n", i, masks[k]);
			umask(0);
			mkdir("d", i == 4 ? 02777 : 0777);
			if (i) say(" set: %d\n", set("d", DEFAULT, &lists[i]));
			close(open("moved", O_CREAT | O_WRONLY, 0664));
			chdir("d");
			umask(masks[k]);
			make_all();
			chdir("..");
			if (fork() == 0) execlp("rm", "rm", "-r", "d", NULL);
			wait(0);
		}
	}
	umask(022);
	change();
	return 0;
}
