// When reading sets the time of access, by the flags of a mount. Prints the same on Linux, run by root in a mount
// namespace of its own (unshare -m).
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Whether reading sets the time of access, which is so many seconds away from the last change.
static int sets(const char *path, int away)
{
	struct timespec times[2] = { { time(0) - 1000 + away, 0 }, { time(0) - 1000, 0 } };
	utimensat(AT_FDCWD, path, times, 0);
	struct stat before, after;
	stat(path, &before);
	// The change of the times counts as a change too: relatime looks at both.
	if (away > 0) {
		times[0].tv_sec = time(0) + 1000;
		utimensat(AT_FDCWD, path, times, 0);
		stat(path, &before);
	}
	DIR *d = opendir(path);
	if (d) {
		while (readdir(d));
		closedir(d);
	} else {
		char c;
		int f = open(path, O_RDONLY);
		read(f, &c, 1);
		close(f);
	}
	stat(path, &after);
	return before.st_atime != after.st_atime;
}

static void show(const char *what)
{
	printf("%s: file %d %d, directory %d %d, ", what, sets("/m/file", 1), sets("/m/file", -1), sets("/m/d", 1), sets("/m/d", -1));
	FILE *f = fopen("/proc/mounts", "r");
	char line[1000], options[500];
	while (fgets(line, sizeof line, f))
		if (sscanf(line, "none /m tmpfs %[^ ]", options) == 1) printf("%.*s\n", (int)(strstr(options, ",size") - options), options);
	fclose(f);
}

static void fresh(const char *what, unsigned long flags)
{
	if (mount("none", "/m", "tmpfs", flags, "size=64k")) perror(what);
	FILE *f = fopen("/m/file", "w");
	fputs("content", f);
	fclose(f);
	mkdir("/m/d", 0777);
	show(what);
	if (strcmp(what, "strictatime")) umount("/m");
}

int main(void)
{
	mkdir("/m", 0777);
	fresh("relatime", 0);
	fresh("noatime", MS_NOATIME);
	fresh("nodiratime", MS_NODIRATIME);
	fresh("strictatime", MS_STRICTATIME);
	mount("none", "/m", 0, MS_REMOUNT | MS_NOATIME, 0);
	show("remount, noatime");
	mount("none", "/m", 0, MS_REMOUNT, 0);
	show("remount, nothing said");
	mount("none", "/m", 0, MS_REMOUNT | MS_RELATIME, 0);
	show("remount, relatime");
	umount("/m");
	rmdir("/m");
	return 0;
}
