/* statx: masks, flags, and what it tells of each kind of file. */
#include "check.h"
#include <sys/syscall.h>

struct sx { unsigned mask, blksize; unsigned long long attributes; unsigned nlink, uid, gid; unsigned short mode, pad; unsigned long long ino, size, blocks, attributes_mask; struct { long long sec; unsigned nsec; int pad; } times[4]; unsigned rmajor, rminor, dmajor, dminor; unsigned long long mnt; unsigned rest[30]; };

static void tell(const char *what, int dir, const char *path, int flags, unsigned mask)
{
	struct sx s;
	memset(&s, 7, sizeof s);
	int error = syscall(SYS_statx, dir, path, flags, mask, &s);
	if (error) { say("%s: %s\n", what, strerror(errno)); return; }
	say("%s: mask %x, %o, links %u, size %llu, blocks %llu, birth %d, device %u:%u, attributes %llx, mount %d\n", what, s.mask & 0xf3f /* a new Linux leaves times out that nobody asked for */,
		s.mode, s.nlink, S_ISDIR(s.mode) ? 0 : s.size, s.blocks, s.times[1].sec > 0, s.rmajor, s.rminor, s.attributes & 0x2874, s.mnt > 0);
}

int main(void)
{
	go_to_memory();
	int fd = open("f", O_CREAT | O_RDWR, 0640);
	write(fd, "text", 4);
	symlink("f", "l");
	mkfifo("p", 0600);
	mkdir("d", 02750);
	tell("file", AT_FDCWD, "f", 0, 0xfff);
	tell("type only", AT_FDCWD, "f", 0, 1);
	tell("nothing", AT_FDCWD, "f", 0, 0);
	tell("basic", AT_FDCWD, "f", 0, 0x7ff);
	tell("mount", AT_FDCWD, "f", 0, 0x1fff);
	tell("reserved", AT_FDCWD, "f", 0, 0x80000000);
	tell("no sync", AT_FDCWD, "f", 0x4000, 0x7ff);
	tell("force sync", AT_FDCWD, "f", 0x2000, 0x7ff);
	tell("both", AT_FDCWD, "f", 0x6000, 0x7ff);
	tell("unknown flag", AT_FDCWD, "f", 0x10, 0x7ff);
	tell("link", AT_FDCWD, "l", AT_SYMLINK_NOFOLLOW, 0xfff);
	tell("followed", AT_FDCWD, "l", 0, 0xfff);
	tell("FIFO", AT_FDCWD, "p", 0, 0xfff);
	tell("directory", AT_FDCWD, "d", 0, 0xfff);
	tell("descriptor", fd, "", AT_EMPTY_PATH, 0xfff);
	tell("no path", fd, "", 0, 0xfff);
	tell("bad descriptor", 99, "", AT_EMPTY_PATH, 0xfff);
	tell("working directory", AT_FDCWD, "", AT_EMPTY_PATH, 0xfff);
	tell("missing", AT_FDCWD, "none", 0, 0xfff);
	tell("below a file", AT_FDCWD, "f/x", 0, 0xfff);
	tell("device", AT_FDCWD, "/dev/null", 0, 0x7ff);
	tell("no automount", AT_FDCWD, "f", AT_NO_AUTOMOUNT, 0x7ff);
	told("bad buffer", syscall(SYS_statx, AT_FDCWD, "f", 0, 0x7ff, (void *)-4096));
	told("bad path", syscall(SYS_statx, AT_FDCWD, (char *)-4096, 0, 0x7ff, (void *)-4096));
	unlink("f");
	tell("unlinked", fd, "", AT_EMPTY_PATH, 0x7ff);
	return 0;
}
