/* Mounts: what their flags forbid, when they are busy, and what binding and moving leave. */
#include "../guest/check.h"
#include <sched.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

static void flags_of(const char *path)
{
	struct statvfs s;
	statvfs(path, &s);
	say("flags of %s: %lx\n", path, s.f_flag & (ST_RDONLY | ST_NOSUID | ST_NODEV | ST_NOEXEC | ST_NOATIME | ST_NODIRATIME | ST_RELATIME));
}

static void tried(const char *what, int result)
{
	say("%s: %s\n", what, result < 0 ? strerror(errno) : "ok");
}

static int opened(const char *path, int flags)
{
	int fd = open(path, flags, 0644);
	if (fd >= 0) close(fd);
	return fd < 0 ? -1 : 0;
}

static void copy_self(const char *to, int mode)
{
	static char block[65536];
	int from = open("/proc/self/exe", O_RDONLY), fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755), got;
	while ((got = read(from, block, sizeof block)) > 0) write(fd, block, got);
	fchmod(fd, mode);
	close(from);
	close(fd);
}

static void run(const char *path)
{
	pid_t child = fork();
	if (!child) {
		setgid(1000);
		setuid(1000);
		execl(path, "self", "ids", (char *)0);
		_exit(100 + errno);
	}
	reap(path, child);
}

int main(int count, char **arguments)
{
	if (count > 1) return geteuid() ? 1 : 2;
	go_to_memory();
	char *here = memory_directory, path[200];
	chmod(".", 0755);
	unshare(CLONE_NEWNS);
	mount(0, "/", 0, MS_REC | MS_PRIVATE, 0);
	mkdir("m", 0755);
	mkdir("n", 0755);
	tried("plain", mount("none", "m", "tmpfs", 0, "mode=755"));
	flags_of("m");
	copy_self("m/self", 04755);
	mknod("m/null", S_IFCHR | 0666, makedev(1, 3));
	run("m/self");
	tried("device", opened("m/null", O_RDWR));
	tried("nosuid", mount(0, "m", 0, MS_REMOUNT | MS_NOSUID, 0));
	flags_of("m");
	run("m/self");
	tried("noexec", mount(0, "m", 0, MS_REMOUNT | MS_NOEXEC, 0));
	run("m/self");
	tried("access", access("m/self", X_OK));
	tried("nodev", mount(0, "m", 0, MS_REMOUNT | MS_NODEV, 0));
	tried("device", opened("m/null", O_RDWR));
	tried("device, path only", opened("m/null", O_PATH));
	tried("busy to be read-only", ({ int fd = open("m/f", O_CREAT | O_RDWR, 0644), r = mount(0, "m", 0, MS_REMOUNT | MS_RDONLY, 0), e = errno; close(fd); errno = e; r; }));
	tried("read-only", mount(0, "m", 0, MS_REMOUNT | MS_RDONLY, 0));
	flags_of("m");
	tried("write", opened("m/f", O_RDWR));
	tried("truncate on open", opened("m/f", O_RDONLY | O_TRUNC));
	tried("read", opened("m/f", O_RDONLY));
	tried("write to the device", opened("m/null", O_WRONLY));
	tried("create what is there", opened("m/f", O_RDONLY | O_CREAT));
	tried("create", opened("m/g", O_RDONLY | O_CREAT));
	tried("mkdir of what is there", mkdir("m/self", 0755));
	tried("unlink", unlink("m/f"));
	tried("unlink of nothing", unlink("m/g"));
	tried("chmod", chmod("m/f", 0600));
	tried("access", access("m/f", W_OK));
	tried("utimes", utimensat(AT_FDCWD, "m/f", 0, 0));
	tried("link", link("m/f", "m/g"));
	tried("rename", rename("m/f", "m/g"));
	tried("rename to itself", rename("m/f", "m/f"));
	tried("truncate", truncate("m/f", 0));
	tried("setxattr", syscall(SYS_setxattr, "m/f", "user.x", "y", 1, 0));
	tried("tmpfile", opened("m", O_TMPFILE | O_RDWR));
	tried("writable again", mount(0, "m", 0, MS_REMOUNT, 0));
	tried("bind", mount("m", "n", 0, MS_BIND, 0));
	tried("bind read-only", mount(0, "n", 0, MS_REMOUNT | MS_BIND | MS_RDONLY, 0));
	flags_of("n");
	tried("write there", opened("n/f", O_RDWR));
	tried("write here", opened("m/f", O_RDWR));
	tried("rename across", rename("m/f", "n/g"));
	tried("link across", link("m/f", "n/g"));
	struct stat a, b;
	stat("m/f", &a);
	stat("n/f", &b);
	say("same file %d\n", a.st_dev == b.st_dev && a.st_ino == b.st_ino);
	tried("remove the mount point", rmdir("n"));
	tried("rename it", rename("n", "o"));
	tried("over it", rename("m/f", "n"));
	int held = open("n/f", O_RDONLY);
	tried("busy", umount("n"));
	tried("path of what is open", readlink(({ snprintf(path, sizeof path, "/proc/self/fd/%d", held); path; }), path, sizeof path));
	tried("lazily", umount2("n", MNT_DETACH));
	tried("gone", opened("n/f", O_RDONLY));
	char byte;
	tried("still open", read(held, &byte, 1));
	tried("its directory", ({ int fd = open("n", O_PATH); int r = openat(fd, "f", O_RDONLY); r; }));
	close(held);
	tried("not a mount", umount("n"));
	tried("no such", umount("none"));
	tried("expire twice", umount2("m", 4));
	tried("and detach", umount2("m", 4 | MNT_DETACH));
	tried("bad flags", umount2("m", 64));
	close(open("file", O_CREAT | O_WRONLY, 0644));
	close(open("other", O_CREAT | O_WRONLY, 0600));
	tried("bind a file", mount("other", "file", 0, MS_BIND, 0));
	stat("file", &a);
	say("mode %o\n", a.st_mode & 0777);
	tried("unlink it", unlink("file"));
	tried("unlink what is bound", unlink("other"));
	tried("umount it", umount("file"));
	tried("a directory on a file", mount("n", "file", 0, MS_BIND, 0));
	tried("a file on a directory", mount("file", "n", 0, MS_BIND, 0));
	tried("tmpfs on a file", mount("none", "file", "tmpfs", 0, 0));
	tried("move", mount("m", "n", 0, MS_MOVE, 0));
	tried("there", opened("n/f", O_RDONLY));
	tried("not here", opened("m/f", O_RDONLY));
	mkdir("n/sub", 0755);
	tried("move into itself", mount("n", "n/sub", 0, MS_MOVE, 0));
	tried("on top", mount("none", "n", "tmpfs", 0, "mode=700"));
	tried("covered", opened("n/f", O_RDONLY));
	chdir("n");
	tried("busy by the working directory", umount(({ snprintf(path, sizeof path, "%s/n", here); path; })));
	chdir("..");
	tried("umount", umount("n"));
	tried("back", opened("n/f", O_RDONLY));
	tried("umount", umount("n"));
	tried("unknown type", mount("none", "m", "nofs", 0, 0));
	tried("wrong option", mount("none", "m", "tmpfs", 0, "nosuch=1"));
	tried("wrong size", mount("none", "m", "tmpfs", 0, "size=x"));
	tried("on nothing", mount("none", "none", "tmpfs", 0, 0));
	tried("remount of no mount", mount(0, "m", 0, MS_REMOUNT, 0));
	tried("size", mount("none", "m", "tmpfs", 0, "size=8k,nr_inodes=3"));
	struct statfs f;
	statfs("m", &f);
	say("%d blocks of %d, %d files, %d free\n", (int)f.f_blocks, (int)f.f_bsize, (int)f.f_files, (int)f.f_ffree);
	int fd = open("m/a", O_CREAT | O_RDWR, 0644);
	say("written %d", (int)pwrite(fd, here, 4096, 0));
	say(" %d", (int)pwrite(fd, here, 4096, 4096));
	tried("\nmore", pwrite(fd, here, 1, 8192));
	tried("another", opened("m/b", O_CREAT | O_RDWR));
	tried("one too many", opened("m/c", O_CREAT | O_RDWR));
	tried("smaller", mount(0, "m", 0, MS_REMOUNT, "size=4k"));
	tried("larger", mount(0, "m", 0, MS_REMOUNT, "size=12k"));
	tried("more", pwrite(fd, here, 1, 8192));
	close(fd);
	tried("umount", umount("m"));
	pid_t child = fork();
	if (!child) {
		setgid(1000);
		setuid(1000);
		tried("as a user", mount("none", "m", "tmpfs", 0, 0));
		tried("umount as a user", umount("m"));
		_exit(0);
	}
	waitpid(child, 0, 0);
	return 0;
}
