/* Every call about files with every kind of path, as root, as the owner and as somebody else: what it gives, and which
 * attributes of what it touches have changed then. The argument is an empty directory; words after it say what the file
 * system there does not have: "special" files, "flags" of chattr, "mounts". */
#include "../guest/check.h"
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

enum { OWNER = 1001, OTHER = 1002, IMMUTABLE = 0x10, APPEND = 0x20 };
static int has_special = 1, has_flags = 1, has_mounts = 1;

/* ---- the paths ---- */

/* What is made for a case, a word each: f file, d directory, l link, p FIFO, s socket, c device; or m mode, o owner,
 * i immutable, a append-only, x executed of what is there. Everything belongs to OWNER, with modes 0644 and 0755. */
struct kind { const char *name, *made, *path; };
static const struct kind kinds[] = {
	{ "file", "d:p f:p/x", "p/x" },
	{ "file of root", "d:p f:p/x o:p/x=0", "p/x" },
	{ "file 0600", "d:p f:p/x m:p/x=0600", "p/x" },
	{ "file 0000", "d:p f:p/x m:p/x=0", "p/x" },
	{ "file 0666 in root's directory", "d:p f:p/x m:p/x=0666 o:p=0", "p/x" },
	{ "file set-id", "d:p f:p/x m:p/x=06775", "p/x" },
	{ "file set-id for all", "d:p f:p/x m:p/x=06777", "p/x" },
	{ "file with two names", "d:p f:p/x h:p/y=p/x", "p/x" },
	{ "directory", "d:p d:p/x", "p/x" },
	{ "directory of root", "d:p d:p/x o:p/x=0", "p/x" },
	{ "directory not empty", "d:p d:p/x f:p/x/y", "p/x" },
	{ "directory with slash", "d:p d:p/x", "p/x/" },
	{ "directory with dot", "d:p d:p/x", "p/x/." },
	{ "directory's parent", "d:p d:p/x", "p/x/.." },
	{ "link to file", "d:p f:p/y l:p/x=y", "p/x" },
	{ "link to directory", "d:p d:p/y l:p/x=y", "p/x" },
	{ "link to directory, slash", "d:p d:p/y l:p/x=y", "p/x/" },
	{ "link to nothing", "d:p l:p/x=y", "p/x" },
	{ "link to nothing, slash", "d:p l:p/x=y", "p/x/" },
	{ "link to itself", "d:p l:p/x=x", "p/x" },
	{ "link below itself", "d:p l:p/x=x", "p/x/y" },
	{ "links to links", "d:p f:p/y l:p/z=y l:p/x=z", "p/x" },
	{ "FIFO", "d:p p:p/x", "p/x" },
	{ "socket", "d:p s:p/x", "p/x" },
	{ "device", "d:p c:p/x", "p/x" },
	{ "nothing", "d:p", "p/x" },
	{ "nothing, slash", "d:p", "p/x/" },
	{ "nothing in nothing", "d:p", "p/x/y" },
	{ "below a file", "d:p f:p/x", "p/x/y" },
	{ "file with slash", "d:p f:p/x", "p/x/" },
	{ "above a file", "d:p f:p/x", "p/x/.." },
	{ "nothing in root's directory", "d:p o:p=0", "p/x" },
	{ "file in root's directory", "d:p f:p/x o:p=0", "p/x" },
	{ "directory in root's directory", "d:p d:p/x o:p=0", "p/x" },
	{ "nothing in a directory 0555", "d:p m:p=0555", "p/x" },
	{ "file in a directory 0666", "d:p f:p/x m:p=0666", "p/x" },
	{ "file in a directory 0311", "d:p f:p/x m:p=0311", "p/x" },
	{ "nothing in a directory 0666", "d:p m:p=0666", "p/x" },
	{ "below a directory 0600", "d:p d:p/d f:p/d/x m:p=0600", "p/d/x" },
	{ "file in a sticky directory", "d:p f:p/x m:p=01777", "p/x" },
	{ "file in root's sticky directory", "d:p f:p/x m:p=01777 o:p=0", "p/x" },
	{ "root's file in root's sticky directory", "d:p f:p/x m:p=01777 o:p=0 o:p/x=0", "p/x" },
	{ "root's directory in root's sticky directory", "d:p d:p/x m:p=01777 o:p=0 o:p/x=0", "p/x" },
	{ "nothing in a sticky directory", "d:p m:p=01777 o:p=0", "p/x" },
	{ "nothing in a set-group-id directory", "d:p m:p=02777 g:p=7", "p/x" },
	{ "immutable file", "d:p f:p/x i:p/x", "p/x" },
	{ "append-only file", "d:p f:p/x a:p/x", "p/x" },
	{ "immutable directory", "d:p d:p/x i:p/x", "p/x" },
	{ "file in an immutable directory", "d:p f:p/x i:p", "p/x" },
	{ "file in an append-only directory", "d:p f:p/x a:p", "p/x" },
	{ "nothing in an immutable directory", "d:p i:p", "p/x" },
	{ "nothing in an append-only directory", "d:p a:p", "p/x" },
	{ "file that is executed", "d:p x:p/x", "p/x" },
	{ "file on a read-only mount", "d:p", "../ro/file" },
	{ "directory on a read-only mount", "d:p", "../ro/dir" },
	{ "nothing on a read-only mount", "d:p", "../ro/x" },
	{ "mount point", "d:p", "../ro" },
	{ "empty", "d:p", "" },
	{ "dot", "d:p", "." },
	{ "name of 255", "d:p", "p/LONG" },
	{ "name of 256", "d:p", "p/LONGER" },
	{ "path of 4095", "d:p", "PATH" },
	{ "path of 4096", "d:p", "PATHS" },
	{ "bad address", "d:p", "FAULT" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static char long_name[300], longer_name[300], long_path[5000], longer_path[5000];

static const char *path_of(const struct kind *kind)
{
	if (!strcmp(kind->path, "p/LONG")) return long_name;
	if (!strcmp(kind->path, "p/LONGER")) return longer_name;
	if (!strcmp(kind->path, "PATH")) return long_path;
	if (!strcmp(kind->path, "PATHS")) return longer_path;
	if (!strcmp(kind->path, "FAULT")) return (const char *)-16;
	return kind->path;
}

static void long_paths(void)
{
	strcpy(long_name, "p/");
	memset(long_name + 2, 'n', 255);
	strcpy(longer_name, "p/");
	memset(longer_name + 2, 'n', 256);
	for (int i = 0; i < 4095 - 3; i += 2) memcpy(long_path + i, "./", 3);
	strcpy(long_path + 4092, "p/x");
	sprintf(longer_path, ".//%s", long_path + 2);
}

static int wanted(const struct kind *kind)
{
	int special = strstr(kind->made, " p:") || strstr(kind->made, " s:") || strstr(kind->made, " c:");
	int flagged = strstr(kind->made, " i:") || strstr(kind->made, " a:");
	return (has_special || !special) && (has_flags || !flagged) && (has_mounts || strncmp(kind->path, "../ro", 5));
}

/* It is made at the last moment, as it would run meanwhile. */
static int is_executed(const struct kind *kind)
{
	return strstr(kind->made, " x:") != 0;
}

/* ---- making and removing ---- */

static void set_flags(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK), all = 0;
	if (fd < 0 || ioctl(fd, _IOR('f', 1, long), &all)) return;
	all = all & ~(IMMUTABLE | APPEND) | flags;
	if (ioctl(fd, _IOW('f', 2, long), &all)) say("flags of %s: %s\n", path, strerror(errno));
	close(fd);
}

static pid_t running;
static void execute(const char *path)
{
	int from = open("/proc/self/exe", O_RDONLY), to = open(path, O_WRONLY | O_CREAT, 0755), ready[2], got;
	static char block[65536];
	while ((got = read(from, block, sizeof block)) > 0) write(to, block, got);
	fchown(to, OWNER, OWNER);
	close(from);
	close(to);
	pipe(ready);
	running = fork();
	if (!running) {
		dup2(ready[1], 1);
		execl(path, "matrix", "wait", (char *)0);
		_exit(1);
	}
	close(ready[1]);
	read(ready[0], block, 1);
	close(ready[0]);
}

static void make(const char *what)
{
	char words[200], *save, *word;
	strcpy(words, what);
	for (word = strtok_r(words, " ", &save); word; word = strtok_r(0, " ", &save)) {
		char *path = word + 2, *value = strchr(path, '=');
		int number = 0;
		if (value) {
			*value++ = 0;
			number = strtol(value, 0, *word == 'm' ? 8 : 10);
		}
		switch (*word) {
		case 'f': {
			int fd = open(path, O_WRONLY | O_CREAT, 0644);
			write(fd, "text\n", 5);
			close(fd);
			break;
		}
		case 'd': mkdir(path, 0755); break;
		case 'l': symlink(value, path); break;
		case 'h': link(value, path); continue;
		case 'p': mkfifo(path, 0644); break;
		case 's': mknod(path, S_IFSOCK | 0644, 0); break;
		case 'c': mknod(path, S_IFCHR | 0666, 259); break;
		case 'm': chmod(path, number); continue;
		case 'o': chown(path, number, -1); continue;
		case 'g': chown(path, -1, number); continue;
		case 'i': set_flags(path, IMMUTABLE); continue;
		case 'a': set_flags(path, APPEND); continue;
		case 'x': execute(path); continue;
		}
		lchown(path, OWNER, OWNER);
	}
}

static void unmake(const char *what)
{
	if (strstr(what, " i:") || strstr(what, " a:")) {
		set_flags("p", 0);
		set_flags("p/x", 0);
	}
	if (running) {
		kill(running, SIGKILL);
		waitpid(running, 0, 0);
		running = 0;
	}
}

/* ---- what has changed ---- */

static const char *const watched[] = { ".", "p", "p/x", "p/y", "q", "q/o" };
enum { WATCHED = sizeof watched / sizeof *watched };
struct seen { struct stat of[WATCHED]; char there[WATCHED]; };

static void look(struct seen *seen)
{
	for (int i = 0; i < WATCHED; i++) seen->there[i] = !lstat(watched[i], &seen->of[i]);
}

static int same(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static void differences(char *to, const struct seen *a, const struct seen *b)
{
	for (int i = 0; i < WATCHED; i++) {
		const struct stat *x = &a->of[i], *y = &b->of[i];
		char what[200] = "";
		int moved = a->there[i] && b->there[i] && x->st_ino != y->st_ino;
		if (!a->there[i] && !b->there[i]) continue;
		if (a->there[i] && !b->there[i]) strcpy(what, "-");
		else if (!a->there[i] || moved)
			sprintf(what, "+%o:%d:%d:%d:%d", y->st_mode, y->st_nlink, y->st_uid, y->st_gid, S_ISDIR(y->st_mode) ? 0 : (int)y->st_size);
		else {
			if (!same(x->st_atim, y->st_atim)) strcat(what, "a");
			if (!same(x->st_mtim, y->st_mtim)) strcat(what, "m");
			if (!same(x->st_ctim, y->st_ctim)) strcat(what, "c");
			if (x->st_nlink != y->st_nlink) sprintf(what + strlen(what), "n%d", y->st_nlink);
			if (x->st_mode != y->st_mode) sprintf(what + strlen(what), "M%o", y->st_mode);
			if (x->st_uid != y->st_uid || x->st_gid != y->st_gid) sprintf(what + strlen(what), "o%d:%d", y->st_uid, y->st_gid);
			if (x->st_size != y->st_size && !S_ISDIR(x->st_mode)) sprintf(what + strlen(what), "s%d", (int)y->st_size);
		}
		if (*what) sprintf(to + strlen(to), " %s[%s]", watched[i], what);
	}
}

/* Returns once files that change now have later times than those that have changed. */
static void next_tick(void)
{
	struct stat first, now;
	int fd = open("tick", O_WRONLY | O_CREAT, 0600);
	futimens(fd, 0);
	fstat(fd, &first);
	do {
		sleep_ms(1);
		futimens(fd, 0);
		fstat(fd, &now);
	} while (same(first.st_ctim, now.st_ctim));
	close(fd);
	sleep_ms(1);
}

/* ---- the calls ---- */

static int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_NONBLOCK, 0666);
	if (fd >= 0) close(fd);
	return fd < 0 ? -1 : 0;
}
static int open_read(const char *p) { return opened(p, O_RDONLY); }
static int open_write(const char *p) { return opened(p, O_WRONLY); }
static int open_both(const char *p) { return opened(p, O_RDWR | O_APPEND); }
static int open_truncate(const char *p) { return opened(p, O_WRONLY | O_TRUNC); }
static int open_truncate_read(const char *p) { return opened(p, O_RDONLY | O_TRUNC); }
static int open_create(const char *p) { return opened(p, O_RDWR | O_CREAT); }
static int open_create_read(const char *p) { return opened(p, O_RDONLY | O_CREAT); }
static int open_exclusive(const char *p) { return opened(p, O_WRONLY | O_CREAT | O_EXCL); }
static int open_directory(const char *p) { return opened(p, O_RDONLY | O_DIRECTORY); }
static int open_nofollow(const char *p) { return opened(p, O_RDONLY | O_NOFOLLOW); }
static int open_path(const char *p) { return opened(p, O_PATH); }
static int open_tmpfile(const char *p) { return opened(p, O_TMPFILE | O_RDWR); }
static int open_noatime(const char *p) { return opened(p, O_RDONLY | O_NOATIME); }
static int make_directory(const char *p) { return mkdir(p, 02777); }
static int make_fifo(const char *p) { return has_special ? mkfifo(p, 0666) : 0; }
static int make_node(const char *p) { return mknod(p, S_IFREG | 06666, 0); }
static int make_device(const char *p) { return has_special ? mknod(p, S_IFCHR | 0666, 259) : 0; }
static int make_wrong(const char *p) { return mknod(p, S_IFLNK | 0666, 0); }
static int make_link(const char *p) { return symlink("target", p); }
static int link_from(const char *p) { return link(p, "q/n"); }
static int link_followed(const char *p) { return linkat(AT_FDCWD, p, AT_FDCWD, "q/n", AT_SYMLINK_FOLLOW); }
static int link_to(const char *p) { return link("q/o", p); }
static int rename_from(const char *p) { return rename(p, "q/n"); }
static int rename_to(const char *p) { return rename("q/o", p); }
static int rename_directory_to(const char *p) { return rename("q/d", p); }
static int rename_over_file(const char *p) { return rename(p, "q/o"); }
static int rename_over_directory(const char *p) { return rename(p, "q/d"); }
static int rename_new(const char *p) { return syscall(SYS_renameat2, AT_FDCWD, "q/o", AT_FDCWD, p, 1); }
static int rename_exchange(const char *p) { return syscall(SYS_renameat2, AT_FDCWD, "q/o", AT_FDCWD, p, 2); }
static int change_mode(const char *p) { return chmod(p, 07751); }
static int change_owner(const char *p) { return chown(p, OWNER, -1); }
static int change_group(const char *p) { return lchown(p, -1, OWNER); }
static int change_to_root(const char *p) { return chown(p, 0, 0); }
static int change_nothing(const char *p) { return chown(p, -1, -1); }
static int shorten(const char *p) { return truncate(p, 2); }
static int keep_length(const char *p) { return truncate(p, 5); }
static int lengthen(const char *p) { return truncate(p, 100); }
static int write_file(const char *p)
{
	int fd = open(p, O_WRONLY | O_NONBLOCK | O_APPEND), got = fd < 0 ? -1 : write(fd, "x", 1), kept = errno;
	close(fd);
	errno = kept;
	return got;
}
static int read_file(const char *p)
{
	char byte;
	int fd = open(p, O_RDONLY | O_NONBLOCK), got = fd < 0 ? -1 : read(fd, &byte, 1), kept = errno;
	close(fd);
	errno = kept;
	return got;
}
static int shorten_open(const char *p)
{
	int fd = open(p, O_RDWR | O_NONBLOCK), got = fd < 0 ? -1 : ftruncate(fd, 2), kept = errno;
	close(fd);
	errno = kept;
	return got;
}
static int allocate(const char *p)
{
	int fd = open(p, O_RDWR | O_NONBLOCK), got = fd < 0 ? -1 : fallocate(fd, 0, 0, 10), kept = errno;
	close(fd);
	errno = kept;
	return got;
}
static int set_times(const char *p)
{
	struct timespec times[2] = { { 1, 2 }, { 3, 4 } };
	return utimensat(AT_FDCWD, p, times, 0);
}
static int set_times_now(const char *p) { return utimensat(AT_FDCWD, p, 0, 0); }
static int set_link_times(const char *p)
{
	struct timespec times[2] = { { 1, UTIME_NOW }, { 3, UTIME_OMIT } };
	return utimensat(AT_FDCWD, p, times, AT_SYMLINK_NOFOLLOW);
}
static int omit_times(const char *p)
{
	struct timespec times[2] = { { 1, UTIME_OMIT }, { 3, UTIME_OMIT } };
	return utimensat(AT_FDCWD, p, times, 0);
}
static int set_wrong_times(const char *p)
{
	struct timespec times[2] = { { 1, 1000000000 }, { 3, 0 } };
	return utimensat(AT_FDCWD, p, times, 0);
}
static int may_read(const char *p) { return access(p, R_OK); }
static int may_write(const char *p) { return access(p, W_OK); }
static int may_execute(const char *p) { return access(p, X_OK); }
static int is_there(const char *p) { return access(p, F_OK); }
static int attributes(const char *p) { struct stat s; return stat(p, &s); }
static int link_attributes(const char *p) { struct stat s; return lstat(p, &s); }
static int read_link(const char *p) { char text[300]; return readlink(p, text, sizeof text); }
static int list(const char *p)
{
	char entries[2000];
	int fd = open(p, O_RDONLY | O_DIRECTORY), got = fd < 0 ? -1 : syscall(SYS_getdents64, fd, entries, sizeof entries), kept = errno;
	close(fd);
	errno = kept;
	return got < 0 ? -1 : 0;
}
static int enter(const char *p)
{
	int here = open(".", O_PATH | O_DIRECTORY), got = chdir(p), kept = errno;
	fchdir(here);
	close(here);
	errno = kept;
	return got;
}
static int set_attribute(const char *p) { return setxattr(p, "user.name", "value", 5, 0); }
static int get_attribute(const char *p) { char value[10]; return getxattr(p, "user.name", value, sizeof value); }
static int list_attributes(const char *p) { char names[100]; return listxattr(p, names, sizeof names) < 0 ? -1 : 0; }

#define CALL(f) { #f, f }
static const struct { const char *name; int (*call)(const char *); } calls[] = {
	CALL(open_read), CALL(open_write), CALL(open_both), CALL(open_truncate), CALL(open_truncate_read), CALL(open_create),
	CALL(open_create_read), CALL(open_exclusive), CALL(open_directory), CALL(open_nofollow), CALL(open_path), CALL(open_tmpfile),
	CALL(open_noatime), CALL(make_directory), CALL(make_fifo), CALL(make_node), CALL(make_device), CALL(make_wrong), CALL(make_link),
	CALL(link_from), CALL(link_followed), CALL(link_to), CALL(rename_from), CALL(rename_to), CALL(rename_directory_to),
	CALL(rename_over_file), CALL(rename_over_directory), CALL(rename_new), CALL(rename_exchange), CALL(unlink), CALL(rmdir),
	CALL(change_mode), CALL(change_owner), CALL(change_group), CALL(change_to_root), CALL(change_nothing),
	CALL(shorten), CALL(keep_length), CALL(lengthen), CALL(shorten_open), CALL(allocate), CALL(write_file), CALL(read_file),
	CALL(set_times), CALL(set_times_now), CALL(set_link_times), CALL(omit_times), CALL(set_wrong_times),
	CALL(may_read), CALL(may_write), CALL(may_execute), CALL(is_there), CALL(attributes), CALL(link_attributes), CALL(read_link),
	CALL(list), CALL(enter), CALL(set_attribute), CALL(get_attribute), CALL(list_attributes),
};
enum { CALLS = sizeof calls / sizeof *calls };

static const struct { const char *name; int uid; } users[] = { { "root", 0 }, { "owner", OWNER }, { "other", OTHER } };

static void become(int uid)
{
	/* Files are made as root again afterwards, so only the effective ids change. */
	if (uid && (setegid(uid) || seteuid(uid))) say("cannot become %d\n", uid);
}

static void become_root(void)
{
	seteuid(0);
	setegid(0);
}

static void try_call(int call, int user)
{
	static struct seen before[KINDS];
	char text[1000], name[40];
	for (int k = 0; k < KINDS; k++) {
		if (!wanted(&kinds[k])) continue;
		snprintf(name, sizeof name, "c%d", k);
		if (mkdir(name, 0777) || chmod(name, 0777) || chdir(name)) say("%s: %s\n", name, strerror(errno));
		make("d:q d:q/d f:q/o");
		if (!is_executed(&kinds[k])) make(kinds[k].made);
		chdir("..");
	}
	next_tick();
	for (int k = 0; k < KINDS; k++) {
		if (!wanted(&kinds[k])) continue;
		snprintf(name, sizeof name, "c%d", k);
		chdir(name);
		int executed = is_executed(&kinds[k]);
		if (executed) make(kinds[k].made);
		look(&before[k]);
		become(users[user].uid);
		errno = 0;
		int result = calls[call].call(path_of(&kinds[k])), error = errno;
		become_root();
		struct seen after;
		look(&after);
		*text = 0;
		if (!executed) differences(text, &before[k], &after);
		say("%s %s, %s: %d%s%s%s\n", users[user].name, calls[call].name, kinds[k].name, result, result < 0 ? " " : "",
			result < 0 ? strerror(error) : "", text);
		unmake(kinds[k].made);
		chdir("..");
	}
	system("rm -rf c*");
}

int main(int count, char **arguments)
{
	if (count == 2 && !strcmp(arguments[1], "wait")) {
		write(1, "x", 1);
		pause();
	}
	umask(022);
	setgroups(0, 0);
	long_paths();
	for (int i = 2; i < count; i++) {
		if (!strcmp(arguments[i], "special")) has_special = 0;
		if (!strcmp(arguments[i], "flags")) has_flags = 0;
		if (!strcmp(arguments[i], "mounts")) has_mounts = 0;
	}
	if (chdir(arguments[1])) say("%s: %s\n", arguments[1], strerror(errno));
	unshare(CLONE_NEWNS);
	if (has_mounts) {
		mount(0, "/", 0, MS_REC | MS_PRIVATE, 0);
		mkdir("ro", 0755);
		told("mount", mount("none", "ro", "tmpfs", 0, "mode=777"));
		close(open("ro/file", O_CREAT | O_WRONLY, 0666));
		mkdir("ro/dir", 0777);
		chmod("ro/file", 0666);
		chmod("ro/dir", 0777);
		told("read-only", mount(0, "ro", 0, MS_REMOUNT | MS_RDONLY, 0));
	}
	for (int call = 0; call < CALLS; call++)
		for (int user = 0; user < 3; user++) try_call(call, user);
	if (has_mounts) umount("ro");
	return 0;
}
