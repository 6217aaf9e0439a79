/* Calls on paths, with arguments that are wrong. */
#include "errors.h"
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <dirent.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif

static char longest[5000], component[300];

static void opening(void)
{
	TRY(open("missing", O_RDONLY));
	TRY(open("", O_RDONLY));
	TRY(open("file", O_RDONLY | O_DIRECTORY));
	TRY(open("file/", O_RDONLY));
	TRY(open("file/below", O_RDONLY));
	TRY(open("directory", O_WRONLY));
	TRY(open("directory", O_RDWR));
	TRY(open("directory", O_RDONLY | O_CREAT, 0600));
	TRY(open("directory", O_RDONLY | O_TRUNC));
	TRY(open("directory/", O_RDONLY | O_CREAT, 0600));
	TRY(open("new/", O_RDWR | O_CREAT, 0600));
	TRY(open("file", O_RDWR | O_CREAT | O_EXCL, 0600));
	TRY(open("dangling", O_RDWR | O_CREAT | O_EXCL, 0600));
	TRY(open("link", O_RDONLY | O_NOFOLLOW));
	TRY(open("dangling", O_RDONLY));
	TRY(open("loop", O_RDONLY));
	TRY(open("loop/below", O_RDONLY));
	TRY(open(component, O_RDONLY));
	TRY(open(longest, O_RDONLY));
	TRY(open("fifo", O_WRONLY | O_NONBLOCK));
	TRY(open("socket", O_RDONLY));
	TRY(open("file", O_TMPFILE | O_RDWR, 0600));
	TRY(open(".", O_TMPFILE | O_RDONLY, 0600));
	TRY(open("missing", O_TMPFILE | O_RDWR, 0600));
	TRY(open("file", O_WRONLY | O_RDWR));
	TRY(open("file", O_CREAT | O_DIRECTORY, 0600));
	TRY(open("file", O_RDONLY | O_DIRECT));
	TRY(openat(CLOSED, "file", O_RDONLY));
	TRY(openat(CLOSED, "/", O_RDONLY));
	TRY(openat(0, "file", O_RDONLY));
	TRY(openat(AT_FDCWD, BAD, O_RDONLY));
	TRY(creat("directory", 0600));
	TRY((intptr_t)opendir("file") ? 0 : -1);
	TRY((intptr_t)opendir("missing") ? 0 : -1);
	TRY((intptr_t)fdopendir(0) ? 0 : -1);
	TRY((intptr_t)fdopendir(CLOSED) ? 0 : -1);
}

static void names(void)
{
	TRY(mkdir("directory", 0700));
	TRY(mkdir("file", 0700));
	TRY(mkdir("dangling", 0700));
	TRY(mkdir("missing/x", 0700));
	TRY(mkdir("file/x", 0700));
	TRY(mkdir("", 0700));
	TRY(mkdir("/", 0700));
	TRY(mkdir(".", 0700));
	TRY(mkdir("directory/..", 0700));
	TRY(mkdir(component, 0700));
	TRY(mkdir(longest, 0700));
	TRY(rmdir("file"));
	TRY(rmdir("missing"));
	TRY(rmdir("full"));
	TRY(rmdir("."));
	TRY(rmdir(".."));
	TRY(rmdir("directory/."));
	TRY(rmdir("directory/.."));
	TRY(rmdir("link_to_directory"));
	TRY(rmdir("link_to_directory/"));
	TRY(rmdir("/"));
	TRY(rmdir(""));
	TRY(unlink("directory"));
	TRY(unlink("missing"));
	TRY(unlink("file/"));
	TRY(unlink("file/x"));
	TRY(unlink("."));
	TRY(unlink("/"));
	TRY(unlink(""));
	TRY(unlinkat(AT_FDCWD, "file", AT_REMOVEDIR));
	TRY(unlinkat(AT_FDCWD, "file", 0x4000));
	TRY(unlinkat(CLOSED, "file", 0));
	TRY(link("missing", "new"));
	TRY(link("directory", "new"));
	TRY(link("file", "directory"));
	TRY(link("file", "link"));
	TRY(link("file", "missing/x"));
	TRY(link("file/", "new"));
	TRY(link("file", "new/"));
	TRY(link("file", ""));
	TRY(linkat(AT_FDCWD, "file", AT_FDCWD, "new", 0x4000000));
	TRY(linkat(0, "", AT_FDCWD, "new", 0));
	TRY(linkat(CLOSED, "", AT_FDCWD, "new", AT_EMPTY_PATH));
	TRY(symlink("x", "file"));
	TRY(symlink("", "new"));
	TRY(symlink("x", ""));
	TRY(symlink("x", "new/"));
	TRY(symlink(longest, "new"));
	TRY(symlink("x", "missing/x"));
	TRY(readlink("file", longest, 10));
	TRY(readlink("directory", longest, 10));
	TRY(readlink("missing", longest, 10));
	TRY(readlink("link/", longest, 10));
	TRY(readlink("", longest, 10));
	memset(longest, 'x', sizeof longest - 1);
	TRY(mkfifo("file", 0600));
	TRY(mkfifo("missing/x", 0600));
	TRY(mkfifo("", 0600));
	TRY(mknod("new", S_IFDIR | 0600, 0));
	TRY(mknod("new", S_IFLNK | 0600, 0));
	TRY(mknod("new", 0170000 | 0600, 0));
	TRY(mknod("file", S_IFREG | 0600, 0));
	TRY(mknod("new/", S_IFIFO | 0600, 0));
}

static void renaming(void)
{
	TRY(rename("missing", "new"));
	TRY(rename("file", "directory"));
	TRY(rename("directory", "file"));
	TRY(rename("directory", "full"));
	TRY(rename("full", "full/inside"));
	TRY(rename("full/file", "full"));
	TRY(rename("file", "missing/x"));
	TRY(rename("file", "file/x"));
	TRY(rename("file", ""));
	TRY(rename("", "file"));
	TRY(rename(".", "new"));
	TRY(rename("..", "new"));
	TRY(rename("directory", "."));
	TRY(rename("directory", ".."));
	TRY(rename("directory/.", "new"));
	TRY(rename("/", "new"));
	TRY(rename("directory", "/"));
	TRY(rename("file/", "new"));
	TRY(rename("file", "new/"));
	TRY(rename("link_to_directory/", "new"));
	TRY(rename("file", component));
	TRY(rename("file", longest));
	TRY(rename("file", "file"));
	TRY(renameat(CLOSED, "file", AT_FDCWD, "new"));
	TRY(renameat(AT_FDCWD, "file", 0, "new"));
	TRY(syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "link", RENAME_NOREPLACE));
	TRY(syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "missing", RENAME_EXCHANGE));
	TRY(syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "link", RENAME_EXCHANGE | RENAME_NOREPLACE));
	TRY(syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "link", 0x100));
	TRY(syscall(SYS_renameat2, AT_FDCWD, "full", AT_FDCWD, "full/file", RENAME_EXCHANGE));
}

static void attributes(void)
{
	struct stat stat_;
	struct statfs statfs_;
	struct timespec times[2] = { { 1, 1000000000 }, { 1, 0 } };
	struct timeval old_times[2] = { { 1, 1000000 }, { 1, 0 } };
	TRY(stat("missing", &stat_));
	TRY(stat("", &stat_));
	TRY(stat("file/", &stat_));
	TRY(stat("file/.", &stat_));
	TRY(stat("loop", &stat_));
	TRY(stat("dangling", &stat_));
	TRY(lstat("dangling", &stat_));
	TRY(lstat("dangling/", &stat_));
	TRY(lstat("link/", &stat_));
	TRY(stat(component, &stat_));
	TRY(fstat(CLOSED, &stat_));
	TRY(fstatat(CLOSED, "file", &stat_, 0));
	TRY(fstatat(0, "file", &stat_, 0));
	TRY(fstatat(AT_FDCWD, "file", &stat_, 0x4000000));
	TRY(fstatat(AT_FDCWD, "", &stat_, AT_EMPTY_PATH));
	TRY(fstatat(0, "", &stat_, AT_EMPTY_PATH));
	TRY(statfs("missing", &statfs_));
	TRY(statfs("", &statfs_));
	TRY(fstatfs(CLOSED, &statfs_));
	TRY(access("missing", F_OK));
	TRY(access("file", 8));
	TRY(access("file", X_OK));
	TRY(access("", F_OK));
	TRY(access("file/", F_OK));
	TRY(faccessat(CLOSED, "file", F_OK, 0));
	TRY(chmod("missing", 0600));
	TRY(chmod("", 0600));
	TRY(chmod("loop", 0600));
	TRY(fchmod(CLOSED, 0600));
	TRY(fchmodat(AT_FDCWD, "file", 0600, 0x4000000));
	TRY(fchmodat(AT_FDCWD, "link", 0600, AT_SYMLINK_NOFOLLOW));
	TRY(chown("missing", 0, 0));
	TRY(lchown("missing", 0, 0));
	TRY(fchown(CLOSED, 0, 0));
	TRY(fchownat(AT_FDCWD, "file", 0, 0, 0x4000000));
	TRY(fchownat(AT_FDCWD, "", -1, -1, AT_EMPTY_PATH));
	TRY(truncate("missing", 0));
	TRY(truncate("directory", 0));
	TRY(truncate("file", -1));
	TRY(truncate("fifo", 0));
	TRY(truncate("", 0));
	TRY(utimensat(AT_FDCWD, "file", times, 0));
	TRY(utimensat(AT_FDCWD, "missing", 0, 0));
	TRY(utimensat(AT_FDCWD, "file", 0, 0x4000000));
	TRY(utimensat(CLOSED, "file", 0, 0));
	TRY(utimes("file", old_times));
	TRY(futimens(CLOSED, 0));
	TRY(chdir("file"));
	TRY(chdir("missing"));
	TRY(chdir(""));
	TRY(chdir("loop"));
	TRY(fchdir(CLOSED));
	TRY(fchdir(0));
	TRY(chroot("file"));
	TRY(chroot("missing"));
	TRY((intptr_t)getcwd(longest, 1) ? 0 : -1);
	memset(longest, 'x', sizeof longest - 1);
	TRY(pathconf("file", 1000));
	TRY(fpathconf(CLOSED, _PC_NAME_MAX));
}

static void extended(void)
{
	char name[300] = "user.";
	char value[10];
	memset(name + 5, 'n', 290);
	TRY(getxattr("file", "trusted.none", value, 10));
	TRY(getxattr("file", "nonsense", value, 10));
	TRY(getxattr("file", "nonsense.x", value, 10));
	TRY(getxattr("file", "", value, 10));
	TRY(getxattr("file", name, value, 10));
	TRY(getxattr("missing", "trusted.none", value, 10));
	TRY(setxattr("file", "trusted.a", "1234", 4, 4));
	TRY(setxattr("file", "trusted.a", "1234", 4, XATTR_REPLACE));
	TRY(setxattr("file", "trusted.a", "1234", 4, 0));
	TRY(setxattr("file", "trusted.a", "1234", 4, XATTR_CREATE));
	TRY(setxattr("file", "trusted.b", "1234", 65537, 0));
	TRY(setxattr("file", "nonsense.b", "1234", 4, 0));
	TRY(setxattr("file", "trusted.", "1234", 4, 0));
	TRY(getxattr("file", "trusted.a", value, 2));
	TRY(getxattr("file", "trusted.a", 0, 0));
	TRY(listxattr("file", value, 3));
	TRY(listxattr("missing", value, 3));
	TRY(flistxattr(CLOSED, value, 3));
	TRY(removexattr("file", "trusted.none"));
	TRY(removexattr("file", "nonsense.x"));
	TRY(fremovexattr(CLOSED, "trusted.a"));
	TRY(removexattr("file", "trusted.a"));
}

static void unprivileged(void)
{
	struct stat stat_;
	become_nobody();
	TRY(open("secret", O_RDONLY));
	TRY(open("secret_directory/x", O_RDONLY));
	TRY(open("secret_directory/x", O_WRONLY | O_CREAT, 0600));
	TRY(open("file", O_WRONLY));
	TRY(open("file", O_RDONLY | O_NOATIME));
	TRY(stat("secret_directory/x", &stat_));
	TRY(access("secret", R_OK));
	TRY(mkdir("x", 0700));
	TRY(unlink("file"));
	TRY(unlink("missing"));
	TRY(rmdir("directory"));
	TRY(rename("file", "x"));
	TRY(link("file", "x"));
	TRY(symlink("a", "x"));
	TRY(symlink("a", "file"));
	TRY(chmod("file", 0777));
	TRY(chown("file", 65534, 65534));
	TRY(lchown("link", 65534, -1));
	TRY(truncate("file", 0));
	TRY(truncate("secret", 0));
	TRY(utimensat(AT_FDCWD, "file", 0, 0));
	TRY(utimensat(AT_FDCWD, "file", (struct timespec[]) { { 1, 0 }, { 1, 0 } }, 0));
	TRY(utimensat(AT_FDCWD, "file", (struct timespec[]) { { 0, UTIME_OMIT }, { 0, UTIME_OMIT } }, 0));
	TRY(chdir("secret_directory"));
	TRY(chroot("."));
	TRY(mknod("sticky/device", S_IFCHR | 0600, 0x103));
	TRY(mknod("sticky/fifo", S_IFIFO | 0600, 0));
	TRY(unlink("sticky/roots"));
	TRY(rename("sticky/roots", "sticky/mine"));
	TRY(rename("sticky/fifo", "sticky/roots"));
	TRY(unlink("sticky/fifo"));
	TRY(setxattr("file", "trusted.a", "1", 1, 0));
	TRY(getxattr("file", "trusted.a", 0, 0));
	TRY(mount("none", "directory", "tmpfs", 0, 0));
	TRY(umount("directory"));
}

int main(void)
{
	go_to_memory();
	chmod(".", 0755);
	memset(longest, 'x', sizeof longest - 1);
	memset(component, 'x', sizeof component - 1);
	close(open("file", O_CREAT | O_WRONLY, 0644));
	close(open("secret", O_CREAT | O_WRONLY, 0600));
	mkdir("directory", 0755);
	mkdir("full", 0755);
	close(open("full/file", O_CREAT | O_WRONLY, 0644));
	mkdir("secret_directory", 0700);
	mkdir("sticky", 0755);
	chmod("sticky", 01777);
	close(open("sticky/roots", O_CREAT | O_WRONLY, 0644));
	symlink("file", "link");
	symlink("directory", "link_to_directory");
	symlink("nowhere", "dangling");
	symlink("loop", "loop");
	mkfifo("fifo", 0600);
	mknod("socket", S_IFSOCK | 0600, 0);
	opening();
	names();
	renaming();
	attributes();
	extended();
	IN_CHILD(unprivileged());
	return 0;
}
