/* Pages that are made ready before they are touched are there. */
#include "mapping.h"

static void present(const char *what, char *at)
{
	unsigned char there[2];
	told(what, mincore(at, 2 * PAGE, there));
	say("%d %d\n", there[0] & 1, there[1] & 1);
}

int main(void)
{
	present("populated", mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0));
	present("to be read", mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0));
	char *p = pages(600);
	told("populate", madvise(p + 500 * PAGE, 2 * PAGE, 23 /* MADV_POPULATE_WRITE */));
	present("later", p + 500 * PAGE);
	int fd = lettered("file", 2 * PAGE);
	present("file", mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0));
	present("private file", mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_POPULATE, fd, 0));
	present("private file, untouched", mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0));
	ftruncate(fd, 10 * PAGE);
	char *q = mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, fd, 4 * PAGE);
	present("a file's hole", q);
	return 0;
}
