// openat2: what it refuses, and how paths are resolved; preadv2 and pwritev2 with their flags.
#include "check.h"
#include <sys/syscall.h>
#include <sys/uio.h>

struct how { unsigned long long flags, mode, resolve; };
enum { NO_XDEV = 1, NO_MAGICLINKS = 2, NO_SYMLINKS = 4, BENEATH = 8, IN_ROOT = 16 };

static void try(const char *what, int dir, const char *path, unsigned long long flags, unsigned long long mode, unsigned long long resolve)
{
	struct how how = { flags, mode, resolve };
	int fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
	if (fd < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: open\n", what);
	close(fd);
}

int main(void)
{
	mkdir("d", 0777);
	mkdir("d/sub", 0777);
	close(creat("d/file", 0600));
	close(creat("outside", 0600));
	symlink("file", "d/link");
	symlink("../outside", "d/out");
	symlink("/file", "d/absolute");
	symlink("sub/../file", "d/round");
	int d = open("d", O_RDONLY | O_DIRECTORY);
	try("plain", d, "file", O_RDWR, 0, 0);
	try("create", d, "new", O_RDWR | O_CREAT, 0600, 0);
	try("unknown flags", d, "file", 1ULL << 40, 0, 0);
	try("mode without create", d, "file", O_RDONLY, 0600, 0);
	try("wrong mode", d, "new2", O_RDWR | O_CREAT, 0200000, 0);
	try("unknown resolve", d, "file", O_RDONLY, 0, 1 << 10);
	try("beneath and in root", d, "file", O_RDONLY, 0, BENEATH | IN_ROOT);
	try("path and write", d, "file", O_PATH | O_RDWR, 0, 0);
	try("path", d, "file", O_PATH, 0, 0);
	try("beneath", d, "file", O_RDONLY, 0, BENEATH);
	try("beneath, up", d, "../outside", O_RDONLY, 0, BENEATH);
	try("beneath, up and down", d, "sub/../file", O_RDONLY, 0, BENEATH);
	try("beneath, absolute", d, "/etc", O_RDONLY, 0, BENEATH);
	try("beneath, link", d, "link", O_RDONLY, 0, BENEATH);
	try("beneath, link out", d, "out", O_RDONLY, 0, BENEATH);
	try("beneath, absolute link", d, "absolute", O_RDONLY, 0, BENEATH);
	try("beneath, round", d, "round", O_RDONLY, 0, BENEATH);
	try("in root, absolute", d, "/file", O_RDONLY, 0, IN_ROOT);
	try("in root, absolute link", d, "absolute", O_RDONLY, 0, IN_ROOT);
	try("in root, up", d, "../../file", O_RDONLY, 0, IN_ROOT);
	try("in root, link out", d, "out", O_RDONLY, 0, IN_ROOT);
	try("no links", d, "link", O_RDONLY, 0, NO_SYMLINKS);
	try("no links, none", d, "file", O_RDONLY, 0, NO_SYMLINKS);
	try("no links, link itself", d, "link", O_PATH | O_NOFOLLOW, 0, NO_SYMLINKS);
	try("magic links", AT_FDCWD, "/proc/self/fd/0", O_PATH, 0, 0);
	try("no magic links", AT_FDCWD, "/proc/self/fd/0", O_PATH, 0, NO_MAGICLINKS);
	try("ordinary link", d, "link", O_RDONLY, 0, NO_MAGICLINKS);
	try("other mount", AT_FDCWD, "/proc/version", O_RDONLY, 0, NO_XDEV);
	try("same mount", d, "file", O_RDONLY, 0, NO_XDEV);
	try("no descriptor", 99, "file", O_RDONLY, 0, BENEATH);
	struct { struct how how; long long more; } larger = { { O_RDONLY }, 0 };
	told("larger, zeros", syscall(SYS_openat2, d, "file", &larger, sizeof larger) < 0 ? -1 : 0);
	larger.more = 1;
	told("larger", syscall(SYS_openat2, d, "file", &larger, sizeof larger));
	told("smaller", syscall(SYS_openat2, d, "file", &larger, 16));

	int f = open("d/file", O_RDWR);
	struct iovec v[2] = { { "abc", 3 }, { "def", 3 } };
	char x[4] = "", y[4] = "";
	struct iovec r[2] = { { x, 3 }, { y, 3 } };
	told("write at 2", syscall(SYS_pwritev2, f, v, 2, 2, 0, 0));
	told("write here", syscall(SYS_pwritev2, f, v, 1, -1L, -1L, 0));
	told("append", syscall(SYS_pwritev2, f, v, 1, 0, 0, 16));
	told("read at 1", syscall(SYS_preadv2, f, r, 2, 1, 0, 0));
	say("%s %s at %d\n", x, y, (int)lseek(f, 0, SEEK_CUR));
	told("read here", syscall(SYS_preadv2, f, r, 2, -1L, -1L, 0));
	say("%s %s at %d\n", x, y, (int)lseek(f, 0, SEEK_CUR));
	told("unknown flags", syscall(SYS_preadv2, f, r, 2, 0, 0, 1 << 20));
	told("negative", syscall(SYS_preadv2, f, r, 2, -2L, -1L, 0));
	int p[2];
	pipe(p);
	told("pipe", syscall(SYS_preadv2, p[0], r, 2, -1L, -1L, 8));
	write(p[1], "xyz", 3);
	told("pipe, something", syscall(SYS_preadv2, p[0], r, 2, -1L, -1L, 8));
	told("pipe with offset", syscall(SYS_preadv2, p[0], r, 2, 0, 0, 0));
	lseek(f, 0, SEEK_SET);
	ftruncate(f, 0);
	told("far", pwritev(f, v, 1, 5000000000LL));
	told("far back", preadv(f, r, 1, 5000000000LL));
	say("size %lld\n", (long long)lseek(f, 0, SEEK_END));
	told("link's mode", fchmodat(d, "link", 0600, AT_SYMLINK_NOFOLLOW));
	told("file's mode", fchmodat(d, "file", 0640, AT_SYMLINK_NOFOLLOW));
	return 0;
}
