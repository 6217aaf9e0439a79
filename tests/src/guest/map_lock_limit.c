/* RLIMIT_MEMLOCK holds for who is not the superuser. */
#include "mapping.h"

int main(void)
{
	struct rlimit limit = {4 * PAGE, 4 * PAGE};
	told("setrlimit", setrlimit(RLIMIT_MEMLOCK, &limit));
	char *p = pages(8);
	told("as root", mlock(p, 8 * PAGE));
	munlock(p, 8 * PAGE);
	told("setuid", setuid(1000));
	told("within", mlock(p, 4 * PAGE));
	told("again", mlock(p, 4 * PAGE));
	told("beyond", mlock(p + 4 * PAGE, PAGE));
	mapped("locked mapping", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0));
	told("munlock", munlock(p, 2 * PAGE));
	told("beyond", mlock(p + 4 * PAGE, 2 * PAGE));
	limit.rlim_cur = 0;
	told("setrlimit", setrlimit(RLIMIT_MEMLOCK, &limit));
	told("forbidden", mlock(p, PAGE));
	return 0;
}
