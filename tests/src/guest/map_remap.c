/* mremap shrinks, grows and moves whatever is mapped. */
#include "mapping.h"

int main(void)
{
	catch_faults();
	char *p = pages(8);
	for (int i = 0; i < 8; i++) p[i * PAGE] = 'a' + i;
	char *q = mremap(p, 8 * PAGE, 4 * PAGE, 0);
	say("shrunk in place %d\n", q == p);
	probe("given back", p, 4 * PAGE, 0);
	q = mremap(p, 4 * PAGE, 6 * PAGE, 0);
	say("grown in place %d: %c %d\n", q == p, q[3 * PAGE], q[4 * PAGE]);
	mmap(p + 6 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	mapped("no room", mremap(p, 6 * PAGE, 9 * PAGE, 0));
	q = mremap(p, 6 * PAGE, 9 * PAGE, MREMAP_MAYMOVE);
	say("moved %d: %c %c %d\n", q != p, q[0], q[3 * PAGE], q[8 * PAGE]);
	probe("old place", p, 0, 0);
	char *to = pages(4);
	char *r = mremap(q, 3 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to);
	say("fixed %d: %c %c %d\n", r == to, r[0], r[PAGE], to[2 * PAGE]);
	probe("moved away", q, 2 * PAGE, 0);
	probe("the rest", q, 3 * PAGE, 0);
	mapped("overlapping", mremap(to, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, to + PAGE));
	mapped("unknown flag", mremap(to, PAGE, PAGE, 64));
	mapped("fixed without leave to move", mremap(to, PAGE, PAGE, MREMAP_FIXED, q));
	mapped("unaligned", mremap(to + 1, PAGE, PAGE, MREMAP_MAYMOVE));
	mapped("to nothing", mremap(to, PAGE, 0, MREMAP_MAYMOVE));
	mapped("of nothing", mremap(to, 0, PAGE, MREMAP_MAYMOVE));
	mapped("over a hole", mremap(q, 9 * PAGE, 10 * PAGE, MREMAP_MAYMOVE));

	int fd = lettered("file", 3 * PAGE);
	char *s = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *t = mremap(s, PAGE, 3 * PAGE, MREMAP_MAYMOVE);
	t[2 * PAGE] = '#';
	char byte;
	pread(fd, &byte, 1, 2 * PAGE);
	say("shared %c %c\n", t[0], byte);
	char *twice = mremap(t, 0, PAGE, MREMAP_MAYMOVE);
	twice[1] = '!';
	say("twice %c\n", t[1]);
	char *u = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, PAGE);
	u[0] = '$';
	pages(1);
	u = mremap(u, 2 * PAGE, 20 * PAGE, MREMAP_MAYMOVE);
	say("private %c %c\n", u[0], u[PAGE]);
	probe("behind the file", u, 2 * PAGE, 0);
	return 0;
}
