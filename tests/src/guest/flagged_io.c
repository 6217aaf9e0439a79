/* preadv2 and pwritev2 with their flags, and vectors of odd shapes. */
#include "check.h"
#include <limits.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#ifdef __javix__
#define TAIL(offset) (long)(offset), (long)((long long)(offset) >> 32)
#else
#define TAIL(offset) (long)(offset), 0
#endif
#define READ2(fd, v, n, at, flags) syscall(SYS_preadv2, fd, v, n, TAIL(at), flags)
#define WRITE2(fd, v, n, at, flags) syscall(SYS_pwritev2, fd, v, n, TAIL(at), flags)
enum { HIPRI = 1, DSYNC = 2, SYNC = 4, NOWAIT = 8, APPEND = 16 };

int main(void)
{
	char a[10] = "0123456789", b[10], c[10];
	struct iovec v[3] = { { b, 3 }, { 0, 0 }, { c, 4 } }, out[2] = { { a, 5 }, { a + 5, 5 } };
	go_to_memory();
	int fd = open("f", O_CREAT | O_RDWR, 0644);
	told("writev", writev(fd, out, 2));
	told("preadv2", READ2(fd, v, 3, 1, 0));
	say("%.3s %.4s\n", b, c);
	told("at the position", READ2(fd, v, 3, -1, 0));
	lseek(fd, 2, SEEK_SET);
	told("at the position", READ2(fd, v, 3, -1, 0));
	say("%.3s %.4s at %d\n", b, c, (int)lseek(fd, 0, SEEK_CUR));
	told("before the start", READ2(fd, v, 3, -2, 0));
	told("hipri", READ2(fd, v, 3, 0, HIPRI));
	told("unknown flag", READ2(fd, v, 3, 0, 1 << 20));
	told("append when reading", READ2(fd, v, 3, 0, APPEND));
	told("append", WRITE2(fd, out, 2, 0, APPEND));
	say("position %d\n", (int)lseek(fd, 0, SEEK_CUR));
	say("size %d\n", (int)lseek(fd, 0, SEEK_END));
	lseek(fd, 1, SEEK_SET);
	told("append at the position", WRITE2(fd, out, 1, -1, APPEND));
	say("position %d\n", (int)lseek(fd, 0, SEEK_CUR));
	told("dsync", WRITE2(fd, out, 1, 0, DSYNC));
	told("sync", WRITE2(fd, out, 1, 0, SYNC));
	fcntl(fd, F_SETFL, O_APPEND);
	told("pwritev on append", pwritev(fd, out, 1, 0));
	say("size %d\n", (int)lseek(fd, 0, SEEK_END));
	told("no vectors", readv(fd, v, 0));
	told("too many", readv(fd, v, IOV_MAX + 1));
	told("negative", readv(fd, v, -1));
	struct iovec bad[2] = { { b, 3 }, { (void *)-4096, 4 } };
	lseek(fd, 0, SEEK_SET);
	told("half bad", readv(fd, bad, 2));
	say("position %d\n", (int)lseek(fd, 0, SEEK_CUR));
	bad[0].iov_base = (void *)-4096;
	told("bad", readv(fd, bad, 2));
	struct iovec huge[2] = { { b, (size_t)-1 / 2 }, { c, (size_t)-1 / 2 + 2 } };
	told("negative length", readv(fd, huge, 2));
	int ends[2];
	pipe(ends);
	told("pipe, nowait", READ2(ends[0], v, 3, -1, NOWAIT));
	told("pipe, positioned", READ2(ends[0], v, 3, 0, 0));
	told("pipe, append", WRITE2(ends[1], out, 2, -1, APPEND));
	told("pipe", READ2(ends[0], v, 3, -1, 0));
	int only = open("f", O_RDONLY);
	told("read-only", WRITE2(only, out, 1, 0, 0));
	told("directory", READ2(open(".", O_RDONLY), v, 1, 0, 0));
	return 0;
}
