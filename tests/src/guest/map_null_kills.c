/* What nobody catches ends the process. */
#include "mapping.h"

int main(void)
{
	char *p = pages(2);
	mprotect(p, PAGE, PROT_READ);
	int fd = lettered("short", 10);
	char *file = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	for (int i = 0; i < 4; i++) {
		pid_t child = fork();
		if (child == 0) {
			volatile char *at = i == 0 ? NULL : i == 1 ? p : i == 2 ? file + PAGE : p + PAGE;
			if (i == 2) (void)*at;
			else *at = 1;
			_exit(3);
		}
		reap(i == 0 ? "null" : i == 1 ? "read-only" : i == 2 ? "beyond the file" : "fine", child);
	}
	return 0;
}
