/* O_TMPFILE, linkat by descriptor, O_PATH, and files that live on without a name. */
#include "check.h"

static const char *outcome(long result)
{
	static char text[32];
	if (result >= 0) return "ok";
	switch (errno) {
	case EBADF: return "EBADF";
	case EINVAL: return "EINVAL";
	case ENOENT: return "ENOENT";
	case EEXIST: return "EEXIST";
	case ENOTDIR: return "ENOTDIR";
	case ELOOP: return "ELOOP";
	case EISDIR: return "EISDIR";
	case EACCES: return "EACCES";
	}
	snprintf(text, sizeof text, "errno %d", errno);
	return text;
}

#define SAY(call) say("%s: %s\n", #call, outcome(call))

static void links(const char *what, int fd)
{
	struct stat stat;
	fstat(fd, &stat);
	say("%s: %d names, size %d\n", what, (int) stat.st_nlink, (int) stat.st_size);
}

int main(void)
{
	char path[64], buffer[10] = "";
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);
	write(fd, "data", 4);
	links("unnamed", fd);
	sprintf(path, "/proc/self/fd/%d", fd);
	SAY(linkat(AT_FDCWD, path, AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
	links("named", fd);
	SAY(linkat(AT_FDCWD, path, AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
	if (getuid() == 0) SAY(linkat(fd, "", AT_FDCWD, "again", AT_EMPTY_PATH));
	int exclusive = open(".", O_TMPFILE | O_RDWR | O_EXCL, 0600);
	sprintf(path, "/proc/self/fd/%d", exclusive);
	SAY(linkat(AT_FDCWD, path, AT_FDCWD, "never", AT_SYMLINK_FOLLOW));
	SAY(open(".", O_TMPFILE | O_RDONLY, 0600));
	SAY(open("named", O_TMPFILE | O_RDWR, 0600));
	SAY(open("nothing", O_TMPFILE | O_RDWR, 0600));

	int place = open("named", O_PATH);
	SAY(read(place, buffer, 1));
	SAY(write(place, "x", 1));
	SAY(lseek(place, 0, SEEK_SET));
	SAY(ftruncate(place, 0));
	SAY(fcntl(place, F_GETFL));
	SAY(fcntl(place, F_SETFL, O_APPEND));
	SAY(fcntl(place, F_GETFD));
	SAY(dup(place));
	links("through O_PATH", place);
	sprintf(path, "/proc/self/fd/%d", place);
	int real = open(path, O_RDONLY);
	SAY(read(real, buffer, 4));
	say("%s\n", buffer);
	symlink("named", "link");
	SAY(open("link", O_PATH | O_NOFOLLOW));
	int link = open("link", O_PATH | O_NOFOLLOW);
	say("its target: %d\n", (int) readlinkat(link, "", buffer, sizeof buffer));
	SAY(open("link", O_RDONLY | O_NOFOLLOW));
	int dir = open(".", O_PATH | O_DIRECTORY);
	SAY(openat(dir, "named", O_RDONLY));
	SAY(fchdir(dir));
	SAY(openat(place, "named", O_RDONLY));
	SAY(open("named", O_PATH | O_DIRECTORY));

	unlink("named");
	unlink("again");
	links("without names", fd);
	SAY(pwrite(fd, "more", 4, 4));
	links("still there", place);
	mkdir("d", 0755);
	int gone = open("d", O_RDONLY | O_DIRECTORY);
	rmdir("d");
	SAY(openat(gone, "x", O_CREAT | O_WRONLY, 0600));
	SAY(openat(gone, ".", O_RDONLY));
	SAY(mkdirat(gone, "x", 0700));
	SAY(fchdir(gone));
	SAY(getcwd(path, sizeof path) ? 0 : -1);
	SAY(chdir(".."));
	return 0;
}
