/* mremap of shared mappings, of files, and of parts; across the growth of memory, and without unmapping. */
#include "mapping.h"

#define DONTUNMAP 4

int main(void)
{
	catch_faults();
	int fd = lettered("file", 8 * PAGE);
	char *s = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (int i = 0; i < 8; i++) s[i * PAGE] = '0' + i;
	char *t = mremap(s + 2 * PAGE, 3 * PAGE, 200 << 20, MREMAP_MAYMOVE);
	say("moved %d: %c %c\n", t != MAP_FAILED, t[0], t[5 * PAGE]);
	probe("old", s, 2 * PAGE, 0);
	probe("before", s, PAGE, 0);
	probe("behind the file", t, 6 * PAGE, 0);
	t[0] = 'T';
	char byte;
	pread(fd, &byte, 1, 2 * PAGE);
	say("file %c\n", byte);
	char *z = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	z[3 * PAGE] = 'z';
	pid_t child = fork();
	if (child == 0) {
		z = mremap(z, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, pages(4));
		z[0] = 'c';
		_exit(z[3 * PAGE] != 'z');
	}
	reap("child", child);
	say("shared still %c\n", z[0]);
	char *own = pages(4);
	for (int i = 0; i < 4; i++) own[i * PAGE] = 'a' + i;
	char *kept = mremap(own, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | DONTUNMAP, NULL);
	say("kept %d: %c %c, left %d %d\n", kept != own, kept[0], kept[3 * PAGE], own[0], own[3 * PAGE]);
	mapped("kept and longer", mremap(own, PAGE, 2 * PAGE, MREMAP_MAYMOVE | DONTUNMAP, NULL));
	mapped("kept in place", mremap(own, PAGE, PAGE, DONTUNMAP, NULL));
	mprotect(kept, PAGE, PROT_READ);
	char *to = pages(10);
	char *r = mremap(kept, PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to + PAGE);
	probe("rights move along", r, 0, 1);
	probe("and hold for what is new", r, PAGE, 1);
	char *first = pages(2), *mine = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 4 * PAGE);
	mine[0] = 'm';
	char *moved = mremap(mine, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to + 4 * PAGE);
	say("private %c %c %c\n", moved[0], moved[PAGE], moved[2 * PAGE]);
	mapped("shared a second time", mremap(s, 0, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to));
	to[1] = '2';
	say("the same %c\n", s[1]);
	mapped("own a second time", mremap(first, 0, PAGE, MREMAP_MAYMOVE));
	mapped("a second time in place", mremap(s, 0, PAGE, 0));
	mapped("the same size over a hole", mremap(s, 8 * PAGE, 8 * PAGE, 0));
	mapped("to the end", mremap(s, PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)-PAGE));
	mapped("unaligned", mremap(s, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (char *)to + 1));
	return 0;
}
