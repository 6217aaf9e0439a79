/* Unmaps every other page of a large shared mapping, until that is refused; what is left is still shared. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, PAGES = 100000 };

int main(void)
{
	char *p = mmap(NULL, (size_t)PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	p[0] = 1;
	p[3 * PAGE] = 1;
	for (int i = 2; i < PAGES; i += 2) {
		if (munmap(p + (size_t)i * PAGE, PAGE) != 0) {
			printf("refused: %s\n", strerror(errno));
			break;
		}
	}
	printf("first %d, odd %d\n", p[0], p[3 * PAGE]);
	return 0;
}
