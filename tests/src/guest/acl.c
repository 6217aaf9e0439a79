/* Access control lists: their form, what they grant, the mask, what new files get of them, and the errors. */
#include "check.h"
#include <sys/xattr.h>

#define ACCESS "system.posix_acl_access"
#define DEFAULT "system.posix_acl_default"

enum { USER_OBJ = 1, USER = 2, GROUP_OBJ = 4, GROUP = 8, MASK = 16, OTHER = 32 };

struct entry { unsigned short tag, perm; unsigned id; };
struct list { unsigned version; struct entry entries[10]; };

static int set(const char *path, const char *name, int count, const struct entry *entries)
{
	struct list list = { 2 };
	memcpy(list.entries, entries, count * sizeof *entries);
	return setxattr(path, name, &list, 4 + count * sizeof *entries, 0);
}
#define SET(path, name, ...) \
	set(path, name, sizeof((struct entry[]) { __VA_ARGS__ }) / sizeof(struct entry), (struct entry[]) { __VA_ARGS__ })

static void show(const char *path)
{
	struct stat st;
	if (stat(path, &st)) { told(path, -1); return; }
	say("%s: mode %o", path, st.st_mode & 07777);
	const char *names[] = { ACCESS, DEFAULT };
	for (int i = 0; i < 2; i++) {
		struct list list;
		int length = getxattr(path, names[i], &list, sizeof list);
		if (length < 0) { say(", %s", strerror(errno)); continue; }
		say(", version %u", list.version);
		for (int k = 0; k < (length - 4) / 8; k++) {
			struct entry *e = &list.entries[k];
			say(" %d:%o:%d", e->tag, e->perm, (int)e->id);
		}
	}
	say("; %d bytes of names\n", (int)listxattr(path, 0, 0));
}

/* What somebody may do: read, write, execute. */
static void may(const char *path, int uid, int gid, int extra)
{
	pid_t child = fork();
	if (!child) {
		gid_t groups[] = { extra };
		setgroups(extra ? 1 : 0, groups);
		setgid(gid);
		setuid(uid);
		char text[4] = "---";
		int masks[] = { R_OK, W_OK, X_OK };
		for (int i = 0; i < 3; i++) if (!access(path, masks[i])) text[i] = "rwx"[i];
		int in = open(path, O_RDONLY), out = open(path, O_WRONLY), both = open(path, O_RDWR);
		say("%d in %d and %d: %s, opened %d %d %d\n", uid, gid, extra, text, in >= 0, out >= 0, both >= 0);
		_exit(0);
	}
	waitpid(child, 0, 0);
}

static void everybody(const char *path)
{
	may(path, 1000, 1000, 0);
	may(path, 2001, 9, 0);
	may(path, 2002, 9, 0);
	may(path, 2003, 3001, 0);
	may(path, 2003, 9, 3002);
	may(path, 2003, 1000, 0);
	may(path, 2003, 9, 0);
}

int main(void)
{
	go_to_memory();
	umask(027);
	chmod(".", 0777);
	close(open("f", O_CREAT | O_RDWR, 0666));
	chown("f", 1000, 1000);
	show("f");
	told("plain", SET("f", ACCESS, { USER_OBJ, 7, -1 }, { GROUP_OBJ, 5, -1 }, { OTHER, 4, -1 }));
	show("f");
	told("named", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { USER, 7, 2001 }, { USER, 0, 2002 }, { GROUP_OBJ, 4, -1 },
		{ GROUP, 2, 3001 }, { GROUP, 6, 3002 }, { MASK, 7, -1 }, { OTHER, 1, -1 }));
	show("f");
	everybody("f");
	told("chmod", chmod("f", 0640));
	show("f");
	everybody("f");
	told("chmod", chmod("f", 04602));
	show("f");
	everybody("f");
	told("remove", removexattr("f", ACCESS));
	show("f");
	told("remove again", removexattr("f", ACCESS));
	told("only a mask", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { GROUP_OBJ, 7, -1 }, { MASK, 4, -1 }, { OTHER, 0, -1 }));
	show("f");
	everybody("f");
	told("empty", setxattr("f", ACCESS, "", 0, 0));
	show("f");

	say("-- wrong\n");
	unsigned version = 3;
	told("short", setxattr("f", ACCESS, "ab", 2, 0));
	told("version", setxattr("f", ACCESS, &version, 4, 0));
	told("no others", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { GROUP_OBJ, 4, -1 }));
	told("no mask", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { USER, 7, 5 }, { GROUP_OBJ, 4, -1 }, { OTHER, 4, -1 }));
	told("order", SET("f", ACCESS, { GROUP_OBJ, 6, -1 }, { USER_OBJ, 4, -1 }, { OTHER, 4, -1 }));
	told("tag", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { 64, 4, -1 }, { OTHER, 4, -1 }));
	told("bits", SET("f", ACCESS, { USER_OBJ, 8, -1 }, { GROUP_OBJ, 4, -1 }, { OTHER, 4, -1 }));
	told("twice", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { USER_OBJ, 6, -1 }, { GROUP_OBJ, 4, -1 }, { OTHER, 4, -1 }));
	told("nobody", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { USER, 7, -1 }, { GROUP_OBJ, 4, -1 }, { MASK, 7, -1 }, { OTHER, 4, -1 }));
	told("default of a file", SET("f", DEFAULT, { USER_OBJ, 6, -1 }, { GROUP_OBJ, 4, -1 }, { OTHER, 4, -1 }));
	told("no default of a file", removexattr("f", DEFAULT));
	told("another", setxattr("f", "system.nothing", "x", 1, 0));
	symlink("f", "l");
	told("a link", lsetxattr("l", ACCESS, "\2\0\0", 4, 0));
	told("of a link", lgetxattr("l", ACCESS, 0, 0));
	pid_t child = fork();
	if (!child) {
		setuid(2001);
		told("another's", SET("f", ACCESS, { USER_OBJ, 6, -1 }, { GROUP_OBJ, 4, -1 }, { OTHER, 4, -1 }));
		told("remove another's", removexattr("f", ACCESS));
		_exit(0);
	}
	waitpid(child, 0, 0);

	say("-- inherited\n");
	mkdir("d", 0750);
	told("default", SET("d", DEFAULT, { USER_OBJ, 7, -1 }, { USER, 6, 2001 }, { GROUP_OBJ, 5, -1 }, { GROUP, 7, 3001 },
		{ MASK, 7, -1 }, { OTHER, 5, -1 }));
	show("d");
	close(open("d/file", O_CREAT | O_RDWR, 0666));
	show("d/file");
	close(open("d/secret", O_CREAT | O_RDWR, 0600));
	show("d/secret");
	mkdir("d/sub", 0777);
	show("d/sub");
	mkdir("d/sub/sub", 0700);
	show("d/sub/sub");
	mkfifo("d/fifo", 0666);
	show("d/fifo");
	symlink("nowhere", "d/link");
	char name[50];
	int fd = open("d", O_TMPFILE | O_RDWR, 0664);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	linkat(AT_FDCWD, name, AT_FDCWD, "d/unnamed", AT_SYMLINK_FOLLOW);
	show("d/unnamed");
	told("plain default", SET("d", DEFAULT, { USER_OBJ, 7, -1 }, { GROUP_OBJ, 5, -1 }, { OTHER, 5, -1 }));
	show("d");
	close(open("d/plain", O_CREAT | O_RDWR, 0666));
	show("d/plain");
	mkdir("d/directory", 0777);
	show("d/directory");
	told("no default", removexattr("d", DEFAULT));
	show("d");
	close(open("d/masked", O_CREAT | O_RDWR, 0666));
	show("d/masked");

	say("-- directories\n");
	told("search", SET("d", ACCESS, { USER_OBJ, 7, -1 }, { USER, 1, 2001 }, { GROUP_OBJ, 0, -1 }, { MASK, 7, -1 }, { OTHER, 0, -1 }));
	show("d");
	chmod("d/plain", 0644);
	may("d/plain", 2001, 9, 0);
	may("d/plain", 2002, 9, 0);
	return 0;
}
