/* Listing a directory while it changes: what stays is seen once, and a remembered place is found again. */
#include "check.h"
#include <dirent.h>

enum { FILES = 500 };

static int seen[FILES];

static void count(DIR *dir, int most)
{
	struct dirent *entry;
	for (int i = 0; i < most && (entry = readdir(dir)); i++)
		if (entry->d_name[0] == 'f') seen[atoi(entry->d_name + 1)]++;
}

static void summary(const char *what)
{
	int once = 0, more = 0, kept = 0;
	for (int i = 0; i < FILES; i++) {
		once += seen[i] == 1;
		more += seen[i] > 1;
		if (i % 2) kept += seen[i] == 1;
	}
	say("%s: none twice %d, all that stayed %d\n", what, !more, kept == FILES / 2);
	memset(seen, 0, sizeof seen);
}

int main(void)
{
	char name[20];
	mkdir("d", 0755);
	chdir("d");
	for (int i = 0; i < FILES; i++) {
		sprintf(name, "f%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	DIR *dir = opendir(".");
	count(dir, 100);
	for (int i = 0; i < FILES; i += 2) {
		sprintf(name, "f%d", i);
		unlink(name);
		sprintf(name, "n%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	count(dir, 1 << 30);
	summary("removing and adding");

	rewinddir(dir);
	for (int i = 0; i < 50; i++) readdir(dir);
	long place = telldir(dir);
	struct dirent *entry = readdir(dir);
	char first[256];
	strcpy(first, entry->d_name);
	for (int i = 0; i < 120; i++) readdir(dir);
	seekdir(dir, place);
	entry = readdir(dir);
	say("found again: %d\n", entry && !strcmp(first, entry->d_name));
	rewinddir(dir);
	int entries = 0;
	while (readdir(dir)) entries++;
	say("entries %d\n", entries);
	rewinddir(dir);
	while ((entry = readdir(dir))) if (entry->d_name[0] != '.') unlink(entry->d_name);
	closedir(dir);
	chdir("..");
	say("emptied while listing: %d\n", rmdir("d"));
	return 0;
}
