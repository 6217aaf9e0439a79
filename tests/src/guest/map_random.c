/* Random calls about one region of addresses: what each says, and what every page is afterwards. */
#include "mapping.h"

enum { PAGES = 24, FILE_PAGES = 8, STEPS = 50, SEEDS = 6 };

/* Bytes of a page that are written: by those who write at all, and never. A private page of a file that was not
   written may show the file as it is now or as it was, so only the latter is looked at there. */
enum { WRITTEN = 100, UNWRITTEN = 50 };

static unsigned long long state;
static char *base;
static int files[3];

static unsigned below(unsigned limit)
{
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return (state >> 33) % limit;
}

static int random_rights(void)
{
	static const int rights[] = {
		PROT_NONE, PROT_READ, PROT_WRITE, PROT_READ | PROT_EXEC, PROT_READ | PROT_WRITE,
		PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE | PROT_EXEC};
	return rights[below(8)];
}

/* What maps says of each page: rights and kind; whether it is a private one of a file. */
static void read_maps(int shows_file[PAGES])
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	memset(shows_file, 0, PAGES * sizeof *shows_file);
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, end, offset, inode, from = (unsigned long)base;
		char rights[5], name[256] = "";
		if (sscanf(line, "%lx-%lx %4s %lx %*s %lu %255s", &start, &end, rights, &offset, &inode, name) < 5) continue;
		char *file = strrchr(name, '/');
		int named = file && strncmp(file, "/random", 7) == 0;
		for (unsigned long at = start > from ? start : from; at < end && at < from + PAGES * PAGE; at += PAGE) {
			if (named) say("%ld:%s %s %lx ", (at - from) / PAGE, rights, file, offset + (at - start));
			else say("%ld:%s ", (at - from) / PAGE, rights);
			if (named && rights[3] == 'p') shows_file[(at - from) / PAGE] = 1;
		}
	}
	say("\n");
	fclose(maps);
}

static void look(void)
{
	int shows_file[PAGES];
	read_maps(shows_file);
	for (int i = 0; i < PAGES; i++) {
		volatile unsigned char *page = (unsigned char *)base + i * PAGE;
		if (sigsetjmp(after_fault, 1)) {
			say("%d/%d%s ", fault.si_signo, fault.si_code, fault.si_addr == (void *)page ? "" : " elsewhere");
			continue;
		}
		int first = page[0], second = page[UNWRITTEN], third = page[WRITTEN];
		if (shows_file[i]) say("%d ", second);
		else say("%d,%d,%d ", first, second, third);
	}
	say("\n");
}

static void store(char *at, int value)
{
	if (sigsetjmp(after_fault, 1) == 0) {
		*(volatile char *)at = value;
		say("store\n");
	} else {
		say("store: %d/%d %d\n", fault.si_signo, fault.si_code, fault.si_addr == at);
	}
}

static void fork_and_look(char *at)
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		look();
		store(at + WRITTEN, 7);
		fflush(stdout);
		_exit(0);
	}
	reap("child", child);
}

static void step(void)
{
	static const int advices[] = {MADV_DONTNEED, MADV_DONTNEED, MADV_FREE, MADV_WILLNEED, MADV_DONTFORK, MADV_DOFORK,
		MADV_WIPEONFORK, MADV_RANDOM, MADV_COLD, MADV_PAGEOUT};
	static const int syncs[] = {0, MS_ASYNC, MS_INVALIDATE, MS_SYNC, MS_SYNC | MS_ASYNC, MS_SYNC | MS_INVALIDATE, 64};
	int first = below(PAGES), count = 1 + below(6), rights = random_rights(), file = below(3);
	if (first + count > PAGES) count = PAGES - first;
	long length = count * PAGE, offset = below(FILE_PAGES + 2) * PAGE;
	char *at = base + first * PAGE;
	int own = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, all = MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED;
	say("%d+%d %d: ", first, count, rights);
	switch (below(21)) {
	case 0: case 1: mapped("own", mmap(at, length, rights, own, -1, 0)); break;
	case 2: mapped("shared", mmap(at, length, rights, all, -1, 0)); break;
	case 3: case 4: mapped("shared file", mmap(at, length, rights, MAP_SHARED | MAP_FIXED, files[file], offset)); break;
	case 5: case 6: mapped("private file", mmap(at, length, rights, MAP_PRIVATE | MAP_FIXED, files[file], offset)); break;
	case 7: told("munmap", munmap(at, length)); break;
	case 8: case 9: told("mprotect", mprotect(at, length, rights)); break;
	case 10: {
		/* One page: several areas at once can be moved since Linux 6.17 only. */
		int target = below(PAGES - 3), longer = 1 + below(3);
		mapped("moved", mremap(at, PAGE, longer * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, base + target * PAGE));
		break;
	}
	case 11: mapped("grown", mremap(at, PAGE, (1 + below(6)) * PAGE, 0)); break;
	case 12: case 13: told("madvise", madvise(at, length, advices[below(10)])); break;
	case 14: told("msync", msync(at, length, syncs[below(7)])); break;
	case 15: told("lock", below(3) ? munlock(at, length) : mlock(at, length)); break;
	case 16: told("ftruncate", ftruncate(files[file % 2], below(FILE_PAGES + 2) * PAGE)); break;
	case 17: say("read %ld\n", (long)pread(files[0], at + WRITTEN - 30, 60, 0)); break;
	case 18: case 19: store(at + WRITTEN, below(256)); break;
	default: fork_and_look(at); break;
	}
	look();
}

int main(void)
{
	catch_faults();
	for (int seed = 1; seed <= SEEDS; seed++) {
		state = seed;
		base = mmap(NULL, (PAGES + 40) * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		base += 20 * PAGE;
		munmap(base - PAGE, (PAGES + 2) * PAGE);
		for (int i = 0; i < 2; i++) {
			char name[] = "random?";
			name[6] = 'a' + i;
			files[i] = lettered(name, FILE_PAGES * PAGE);
		}
		files[2] = open("randomb", O_RDONLY);
		for (int i = 0; i < STEPS; i++) step();
		munmap(base - 20 * PAGE, (PAGES + 40) * PAGE);
		for (int i = 0; i < 3; i++) close(files[i]);
	}
	return 0;
}
