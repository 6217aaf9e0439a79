/* What calls on descriptors answer for files of every kind: which errors come where something cannot be done. */
#include "check.h"
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/vfs.h>

static struct { const char *name; int fd; } files[20];
static int count;
/* A file of /proc. That it cannot be written at a place is an error of another kind on Linux. */
static int text;

static int add(const char *name, int fd)
{
	files[count].name = name;
	files[count++].fd = fd;
	return fd;
}

/* Makes a call with each file as "fd". */
#define ALL(call) do { \
	say("%s:", #call); \
	for (int i = 0; i < count; i++) { \
		int fd = files[i].fd; \
		long long result = (errno = 0, call); \
		say(" %s %lld", files[i].name, result < 0 ? (long long) -errno : result); \
	} \
	say("\n"); \
} while (0)

#define MOST 0x7fffffffffffffffLL

static char bytes[64];
static struct iovec parts[2] = {{bytes, 2}, {bytes + 4, 3}}, wrong[2] = {{bytes, (size_t) -1}, {bytes, 1}};

static void storing(void)
{
	ALL(fsync(fd));
	ALL(fdatasync(fd));
	ALL(syncfs(fd));
	ALL(sync_file_range(fd, 0, 0, 0));
	ALL(sync_file_range(fd, 0, 0, 8));
	ALL(sync_file_range(fd, -1, 0, 0));
	ALL(sync_file_range(fd, MOST, 2, 0));
	ALL(readahead(fd, 0, 10));
	for (int advice = -1; advice < 7; advice++) ALL(posix_fadvise(fd, 0, 0, advice));
	ALL(posix_fadvise(fd, 0, -1, 0));
}

static void positions(void)
{
	ALL(lseek(fd, -1, SEEK_SET));
	ALL(lseek(fd, 5, SEEK_SET));
	ALL(lseek(fd, -6, SEEK_CUR));
	ALL(lseek(fd, MOST, SEEK_SET));
	ALL(lseek(fd, 1, SEEK_CUR));
	ALL(lseek(fd, 0, SEEK_END));
	ALL(lseek(fd, MOST, SEEK_END));
	ALL(lseek(fd, 0, SEEK_DATA));
	ALL(lseek(fd, 0, SEEK_HOLE));
	ALL(lseek(fd, 10, SEEK_DATA));
	ALL(lseek(fd, -1, SEEK_HOLE));
	ALL(lseek(fd, 0, 5));
	ALL(lseek(fd, 0, -1));
	ALL(lseek(fd, 0, SEEK_SET));
}

static void lengths(void)
{
	ALL(ftruncate(fd, -1));
	ALL(ftruncate(fd, 10));
	ALL(fallocate(fd, 0, 0, 10));
	ALL(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 10));
	ALL(fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 10));
	ALL(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 10));
	ALL(fallocate(fd, 0, 0, 0));
	ALL(fallocate(fd, 0, -1, 10));
	ALL(fallocate(fd, 0, MOST, 1));
}

static void moving(int reader)
{
	off_t at;
	ALL(pread(fd, bytes, 3, -1));
	ALL(pread(fd, bytes, 3, MOST));
	ALL(pread(fd, bytes, 3, 100000));
	ALL(fd == text ? 0 : pwrite(fd, "", 0, 0));
	ALL(pwrite(fd, "x", 1, -1));
	ALL(fd == text ? 0 : pwrite(fd, "x", 1, MOST));
	ALL(fd == text ? 0 : pwrite(fd, "xyz", 3, 3));
	ALL(readv(fd, parts, -1));
	ALL(readv(fd, parts, 1025));
	ALL(readv(fd, wrong, 2));
	ALL(writev(fd, wrong, 2));
	ALL(writev(fd, parts, 0));
	ALL(preadv(fd, parts, 2, -1));
	ALL(pwritev(fd, parts, 2, 1));
	ALL(pwritev(fd, parts, 2, -1));
	ALL(copy_file_range(reader, (at = 0, &at), fd, 0, 1, 0));
	ALL(copy_file_range(reader, (at = -1, &at), fd, 0, 1, 0));
	ALL(copy_file_range(reader, (at = 0, &at), fd, 0, 1, 1));
}

static void control(int reader)
{
	struct statfs about;
	int value;
	long room[8];
	char range[32] = { 0 };
	memcpy(range, &(int64_t) { reader }, 8);
	ALL(fstatfs(fd, &about));
	ALL((memset(&about, 0, sizeof about), fstatfs(fd, &about), (long) about.f_type));
	ALL(ioctl(fd, FIONREAD, room) ? -1 : 0);
	ALL(ioctl(fd, FIONBIO, (value = 0, &value)));
	ALL(ioctl(fd, FIOASYNC, (value = 0, &value)));
	ALL(ioctl(fd, FIOASYNC, (value = 1, &value)));
	ALL(fcntl(fd, F_GETFL) & O_ASYNC);
	ALL(ioctl(fd, FIOASYNC, (value = 0, &value)));
	ALL(ioctl(fd, FIOCLEX));
	ALL(fcntl(fd, F_GETFD));
	ALL(ioctl(fd, 0x1234, room));
	ALL(ioctl(fd, 2, room)); /* FIGETBSZ */
	ALL(ioctl(fd, 0xc020660b, room)); /* FS_IOC_FIEMAP */
	ALL(ioctl(fd, 0x40049409, reader)); /* FICLONE */
	ALL(ioctl(fd, 0x4020940d, range)); /* FICLONERANGE */
	ALL(fcntl(fd, F_SETFL, O_ASYNC));
	ALL(fcntl(fd, F_GETFL) & O_ASYNC);
}

int main(void)
{
	int pipes[2], sockets[2];
	go_to_memory();
	add("written", open("f", O_RDWR | O_CREAT, 0644));
	int reader = add("read", open("f", O_RDONLY));
	add("write-only", open("f", O_WRONLY));
	add("appended", open("f", O_RDWR | O_APPEND));
	add("neither", open("f", O_RDWR | O_WRONLY));
	add("directory", open(".", O_RDONLY | O_DIRECTORY));
	add("path", open("f", O_PATH));
	pipe(pipes);
	add("pipe's end", pipes[0]);
	add("pipe's beginning", pipes[1]);
	socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
	add("socket", sockets[0]);
	add("null", open("/dev/null", O_RDWR));
	add("zero", open("/dev/zero", O_RDWR));
	add("full", open("/dev/full", O_RDWR));
	text = add("proc", open("/proc/self/status", O_RDONLY));
	mkfifo("fifo", 0600);
	add("fifo", open("fifo", O_RDWR));
	add("memory", memfd_create("m", 0));
	add("unnamed", open(".", O_TMPFILE | O_RDWR, 0600));
	add("none", 77);
	write(files[0].fd, "0123456789", 10);
	ftruncate(files[15].fd, 10);
	storing();
	positions();
	lengths();
	moving(reader);
	control(reader);
	/* What open does not know it passes over. */
	static const char *const paths[] = { "f", ".", "fifo", "/dev/null" };
	for (int i = 0; i < 4; i++) {
		int unknown = open(paths[i], O_RDONLY | O_NONBLOCK | 1 << 30), neither = open(paths[i], O_RDWR | O_WRONLY | O_NONBLOCK);
		say("%s: %d %d %x\n", paths[i], unknown >= 0, neither >= 0, fcntl(unknown, F_GETFL) & 1 << 30);
	}
	return 0;
}
