/* When a file was made: statx tells, and nothing changes it. */
#include "check.h"
#include <stdint.h>
#include <sys/syscall.h>

#define BASIC 0x7ff
#define BTIME 0x800

/* Not every C library has them. */
struct moment { int64_t seconds; uint32_t nanoseconds; int32_t unused; };
struct status {
	uint32_t mask, others[15];
	struct moment accessed, born, changed, modified;
	uint64_t more[16];
};

static struct status at(const char *path)
{
	struct status now;
	if (syscall(SYS_statx, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, BASIC | BTIME, &now)) say("%s: errno %d\n", path, errno);
	return now;
}

static int compare(struct moment a, struct moment b)
{
	if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
	return a.nanoseconds < b.nanoseconds ? -1 : a.nanoseconds > b.nanoseconds;
}

int main(void)
{
	struct timespec old[2] = {{1, 2}, {3, 4}};
	const char *paths[] = {"file", "dir", "link", "fifo"};
	close(open("file", O_RDWR | O_CREAT, 0644));
	mkdir("dir", 0755);
	symlink("file", "link");
	mkfifo("fifo", 0644);
	for (int i = 0; i < 4; i++) {
		struct status first = at(paths[i]);
		say("%s: told %d, as first changed %d\n", paths[i], !!(first.mask & BTIME),
			compare(first.born, first.changed));
		sleep_ms(15);
		utimensat(AT_FDCWD, paths[i], old, AT_SYMLINK_NOFOLLOW);
		rename(paths[i], "other");
		struct status second = at("other");
		say("later: %d, changed %d\n", compare(first.born, second.born), compare(first.changed, second.changed));
		unlink("other");
		rmdir("other");
	}
	struct status proc = at("/proc/self/stat");
	say("proc: told %d\n", !!(proc.mask & BTIME));
	return 0;
}
