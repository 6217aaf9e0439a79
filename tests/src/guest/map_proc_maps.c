/* /proc/self/maps shows what is mapped, and how. */
#include "mapping.h"

static void show(char *base, int count)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, end, offset, inode;
		char rights[5], name[256] = "";
		if (sscanf(line, "%lx-%lx %4s %lx %*s %lu %255s", &start, &end, rights, &offset, &inode, name) < 5) continue;
		unsigned long from = (unsigned long)base, to = from + count * PAGE;
		if (start < from) start = from;
		if (end > to) end = to;
		if (start < end) say("%ld-%ld %s offset %lx file %d %s\n", (start - from) / PAGE, (end - from) / PAGE,
			rights, offset, inode != 0, strrchr(name, '/') ? strrchr(name, '/') : "");
	}
	fclose(maps);
}

int main(void)
{
	int fd = lettered("file", 4 * PAGE);
	char *p = mmap(NULL, 10 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(p + PAGE, PAGE, PROT_READ);
	mprotect(p + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE);
	mprotect(p + 3 * PAGE, PAGE, PROT_READ | PROT_EXEC);
	mmap(p + 5 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, PAGE);
	munmap(p + 8 * PAGE, PAGE);
	show(p, 10);
	return 0;
}
