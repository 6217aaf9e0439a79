/* Each access heeds its page's rights; the handler is told where and why. */
#include "mapping.h"

int main(void)
{
	catch_faults();
	char *p = pages(6);
	probe("fresh", p, 0, 1);
	mprotect(p + PAGE, PAGE, PROT_READ);
	probe("read-only", p, PAGE + 5, 0);
	probe("read-only", p, PAGE + 5, 1);
	mprotect(p + 2 * PAGE, PAGE, PROT_NONE);
	probe("none", p, 2 * PAGE + 7, 0);
	munmap(p + 3 * PAGE, PAGE);
	probe("unmapped", p, 3 * PAGE, 0);
	probe("unmapped", p, 3 * PAGE + 1, 1);
	probe("behind it", p, 4 * PAGE, 1);
	mprotect(p + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	probe("writable again", p, PAGE + 5, 1);
	probe("readable again", p, 2 * PAGE, 0);
	probe("null", NULL, 0, 0);
	probe("null", NULL, 8, 1);
	probe("far", NULL, 0x7fff0000, 0);

	/* All of it or nothing. */
	mprotect(p + PAGE, PAGE, PROT_READ);
	if (sigsetjmp(after_fault, 1) == 0) *(volatile int *)(p + PAGE - 2) = -1;
	else say("straddling: code %d at %ld, bytes %d %d\n", fault.si_code, (long)((char *)fault.si_addr - p), p[PAGE - 2], p[PAGE]);
	static char words[3 * PAGE];
	char *own = (char *)(((uintptr_t)words + PAGE - 1) & -PAGE);
	told("own data", mprotect(own, PAGE, PROT_READ));
	probe("own data", own, 1, 0);
	probe("own data", own, 1, 1);
	probe("own data", own, PAGE, 1);
	return 0;
}
