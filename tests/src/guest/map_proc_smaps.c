/* /proc/self/smaps, smaps_rollup, statm and pagemap tell what of the address space is in memory. */
#include "check.h"
#include <stdint.h>
#include <sys/mman.h>

enum { PAGES = 64 };

/* A range between two that nobody may touch, so that it is an area of its own. */
static char *apart(int fd, int flags)
{
	char *whole = mmap(0, (PAGES + 2) * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return mmap(whole + 4096, PAGES * 4096, PROT_READ | PROT_WRITE, flags | MAP_FIXED, fd, 0);
}

/* The lines of the area that holds an address, as far as they are the same on any machine. */
static void show(const char *what, char *at)
{
	FILE *smaps = fopen("/proc/self/smaps", "r");
	char line[512], rights[8];
	int here = 0;
	say("%s:", what);
	while (fgets(line, sizeof line, smaps)) {
		unsigned long start, end, kilobytes;
		if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) == 3) {
			here = (uintptr_t)at >= start && (uintptr_t)at < end;
			if (here) say(" %s", rights);
		}
		if (!here) continue;
		char name[32];
		if (sscanf(line, "%31[^:]: %lu kB", name, &kilobytes) == 2) {
			static const char *const told[] = { "Size", "KernelPageSize", "Private_Dirty", "Anonymous", "Swap", "Locked" };
			for (int i = 0; i < sizeof told / sizeof *told; i++)
				if (!strcmp(name, told[i])) say(" %s=%lu", name, kilobytes);
		}
		if (!strncmp(line, "VmFlags:", 8)) {
			static const char *const flags[] = { " rd", " wr", " ex", " sh", " lo", " dc", " wf", " dd", " rr", " sr" };
			for (int i = 0; i < sizeof flags / sizeof *flags; i++)
				if (strstr(line, flags[i])) say("%s", flags[i]);
		}
	}
	fclose(smaps);
	say("\n");
}

static void show_pagemap(char *at)
{
	uint64_t entries[PAGES];
	int pagemap = open("/proc/self/pagemap", O_RDONLY);
	told("pagemap", pread(pagemap, entries, sizeof entries, (uintptr_t)at / 4096 * 8));
	for (int i = 0; i < PAGES; i++) say("%d", (int)(entries[i] >> 63));
	say("\n");
	close(pagemap);
}

static void statm(long fields[3])
{
	char text[128] = "";
	int file = open("/proc/self/statm", O_RDONLY);
	read(file, text, sizeof text - 1);
	if (sscanf(text, "%ld %ld %ld", fields, fields + 1, fields + 2) != 3) say("statm?\n");
	close(file);
}

int main()
{
	long before[3], after[3];
	statm(before);
	char *area = apart(-1, MAP_PRIVATE | MAP_ANONYMOUS);
	statm(after);
	told("more pages mapped", after[0] - before[0]);
	show("fresh", area);
	for (int i = 0; i < 5; i++) area[i * 2 * 4096] = 1;
	show("five pages written", area);
	show_pagemap(area);
	madvise(area + 4 * 4096, 4096, MADV_DONTNEED);
	show("one given back", area);
	mlock(area, PAGES * 4096);
	show("locked", area);
	munlock(area, PAGES * 4096);
	madvise(area, PAGES * 4096, MADV_DONTFORK);
	madvise(area, PAGES * 4096, MADV_DONTDUMP);
	madvise(area, PAGES * 4096, MADV_RANDOM);
	show("advised", area);
	mprotect(area, PAGES * 4096, PROT_READ);
	show("read-only", area);

	int fd = open("smaps.data", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, PAGES * 4096);
	char *private = apart(fd, MAP_PRIVATE);
	private[0] = private[3 * 4096] = 1;
	show("private file, two pages written", private);
	char *shared = apart(fd, MAP_SHARED);
	shared[7 * 4096] = 1;
	statm(after);
	say("resident of files: %d\n", after[2] > 0 && after[1] > after[2] && after[0] > after[1]);
	munmap(private, PAGES * 4096);
	munmap(shared, PAGES * 4096);

	FILE *rollup = fopen("/proc/self/smaps_rollup", "r");
	char line[512];
	fgets(line, sizeof line, rollup);
	say("%d", strstr(line, "---p 00000000 00:00 0") && strstr(line, "[rollup]"));
	long resident = 0;
	while (fgets(line, sizeof line, rollup)) sscanf(line, "Rss: %ld", &resident);
	say(" %d\n", resident >= PAGES * 4);
}
