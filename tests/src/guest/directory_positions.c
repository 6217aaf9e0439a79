/* telldir, seekdir and rewinddir, buffers that are too small, and listings while the directory changes. */
#include "check.h"
#include <dirent.h>
#include <sys/syscall.h>

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(void)
{
	char name[300], buffer[4096];
	go_to_memory();
	mkdir("d", 0755);
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof name, "d/file%03d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	DIR *dir = opendir("d");
	struct dirent *entry;
	long places[202];
	char *names[202];
	int count = 0;
	for (places[0] = telldir(dir); (entry = readdir(dir)); places[count] = telldir(dir)) names[count++] = strdup(entry->d_name);
	say("%d entries\n", count);
	int wrong = 0;
	for (int i = count - 1; i >= 0; i -= 7) {
		seekdir(dir, places[i]);
		entry = readdir(dir);
		if (!entry || strcmp(entry->d_name, names[i])) wrong++;
	}
	say("found at another place: %d\n", wrong);
	seekdir(dir, places[50]);
	int rest = 0;
	while (readdir(dir)) rest++;
	say("from the 50th: %d\n", rest);
	rewinddir(dir);
	unlink("d/file000");
	close(open("d/new", O_CREAT | O_WRONLY, 0644));
	int again = 0, seen_new = 0;
	while ((entry = readdir(dir))) {
		again++;
		seen_new |= !strcmp(entry->d_name, "new");
	}
	say("again: %d, new %d\n", again, seen_new);
	closedir(dir);
	int fd = open("d", O_RDONLY | O_DIRECTORY);
	told("no room", syscall(SYS_getdents64, fd, buffer, 10));
	told("room for none", syscall(SYS_getdents64, fd, buffer, 0));
	int got = syscall(SYS_getdents64, fd, buffer, 24);
	told("room for one", got);
	told("end of the directory", lseek(fd, 0, SEEK_END) >= 0 ? 0 : -1);
	told("before it", lseek(fd, -1, SEEK_SET));
	told("nowhere", lseek(fd, 0, SEEK_DATA));
	lseek(fd, 0, SEEK_SET);
	told("bad buffer", syscall(SYS_getdents64, fd, (void *)-4096, 4096));
	told("read", read(fd, buffer, 10));
	told("write", write(fd, buffer, 10));
	int every = 0;
	lseek(fd, 0, SEEK_SET);
	/* Removes each entry while they are listed in small pieces. */
	while ((got = syscall(SYS_getdents64, fd, buffer, 200)) > 0) {
		for (char *at = buffer; at < buffer + got; at += *(unsigned short *)(at + 16)) {
			char *entry_name = at + 19;
			if (*entry_name == '.') continue;
			every++;
			snprintf(name, sizeof name, "d/%s", entry_name);
			if (unlink(name)) say("%s: %s\n", name, strerror(errno));
		}
	}
	told("end", got);
	say("removed %d\n", every);
	told("rmdir", rmdir("d"));
	lseek(fd, 0, SEEK_SET);
	told("removed directory", syscall(SYS_getdents64, fd, buffer, 4096));
	struct stat s;
	fstat(fd, &s);
	say("links %d\n", (int)s.st_nlink);
	told("create in it", openat(fd, "x", O_CREAT | O_WRONLY, 0644));
	told("its parent", openat(fd, "..", O_RDONLY) < 0 ? -1 : 0);
	told("itself", openat(fd, ".", O_RDONLY) < 0 ? -1 : 0);
	told("listing a file", syscall(SYS_getdents64, open("f", O_CREAT | O_RDWR, 0644), buffer, 100));
	return 0;
}
