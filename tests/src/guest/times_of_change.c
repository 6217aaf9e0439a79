/* Which calls mark a file as changed (c), modified (m) or read (a), and which do not. */
#include "check.h"
#include <sys/xattr.h>

static int later(struct timespec a, struct timespec b)
{
	return b.tv_sec > a.tv_sec || b.tv_sec == a.tv_sec && b.tv_nsec > a.tv_nsec;
}

static struct stat before[2];
static const char *paths[2];

static void look(const char *one, const char *other)
{
	paths[0] = one;
	paths[1] = other;
	for (int i = 0; i < 2; i++) lstat(paths[i], &before[i]);
	sleep_ms(15);
}

/* What changed in the two since look. */
static void tell(const char *what, int result)
{
	char text[64] = "";
	for (int i = 0; i < 2; i++) {
		struct stat now;
		if (lstat(paths[i], &now)) continue;
		sprintf(text + strlen(text), " %s:%s%s%s", paths[i], later(before[i].st_atim, now.st_atim) ? "a" : "",
			later(before[i].st_mtim, now.st_mtim) ? "m" : "", later(before[i].st_ctim, now.st_ctim) ? "c" : "");
	}
	say("%s %d%s\n", what, result, text);
}

#define MARKS(one, other, call) (look(one, other), tell(#call, (int) (call)))

int main(void)
{
	char buffer[100];
	int fd = open("f", O_RDWR | O_CREAT, 0644);
	mkdir("d", 0755);
	mkdir("e", 0755);
	symlink("f", "l");
	write(fd, "hello", 5);
	MARKS("f", ".", write(fd, "x", 1));
	MARKS("f", ".", write(fd, "", 0));
	MARKS("f", ".", pread(fd, buffer, 3, 0));
	MARKS("f", ".", pread(fd, buffer, 3, 100));
	MARKS("f", ".", pread(fd, buffer, 0, 0));
	MARKS("f", ".", ftruncate(fd, 3));
	MARKS("f", ".", ftruncate(fd, 3));
	MARKS("f", ".", truncate("f", 2));
	MARKS("f", ".", chmod("f", 0600));
	MARKS("f", ".", chmod("f", 0600));
	MARKS("f", ".", chown("f", -1, -1));
	MARKS("f", "l", lchown("l", -1, -1));
	MARKS("f", ".", setxattr("f", "user.a", "1", 1, 0));
	MARKS("f", ".", removexattr("f", "user.a"));
	MARKS("f", ".", removexattr("f", "user.a"));
	MARKS("f", "d", link("f", "d/g"));
	MARKS("f", "d", link("f", "d/g"));
	MARKS("d", "e", rename("d/g", "e/g"));
	MARKS("f", "e", rename("e/g", "e/h"));
	MARKS("f", "e", unlink("e/h"));
	MARKS("f", "e", unlink("e/h"));
	MARKS("d", ".", mkdir("d/s", 0755));
	MARKS("d", "d/s", rmdir("d/s"));
	MARKS("d", "e", symlink("x", "d/x"));
	MARKS("d", "d/x", (int) readlink("d/x", buffer, 100));
	MARKS("d", "d/y", close(open("d/y", O_CREAT | O_WRONLY, 0644)));
	MARKS("d", "d/y", close(open("d/y", O_CREAT | O_WRONLY, 0644)));
	MARKS("d", "d/y", close(open("d/y", O_TRUNC | O_WRONLY, 0644)));
	MARKS("d", "f", mkfifo("d/p", 0644));
	MARKS("f", "l", stat("l", &before[0]) < 0);
	struct timespec both[2] = { { 1000, 5 }, { 2000, UTIME_OMIT } };
	MARKS("f", ".", utimensat(AT_FDCWD, "f", both, 0));
	struct stat now;
	stat("f", &now);
	say("access %d.%09d\n", (int) now.st_atim.tv_sec, (int) now.st_atim.tv_nsec);
	both[0].tv_nsec = UTIME_OMIT;
	MARKS("f", ".", utimensat(AT_FDCWD, "f", both, 0));
	both[0].tv_nsec = both[1].tv_nsec = UTIME_NOW;
	MARKS("f", ".", utimensat(AT_FDCWD, "f", both, 0));
	MARKS("f", ".", fallocate(fd, 0, 0, 1000));
	return 0;
}
