/* Maps, touches and gives back as it is told: one command for each line of its input, answered by a line. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, MEBIBYTE = 1 << 20 };

static long resident(void)
{
	long size, pages = -1;
	FILE *statm = fopen("/proc/self/statm", "r");
	if (fscanf(statm, "%ld %ld", &size, &pages) != 2) pages = -1;
	fclose(statm);
	return pages;
}

int main(void)
{
	char word[32];
	long first, count;
	char *area = NULL;
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (scanf("%31s %ld %ld", word, &first, &count) == 3) {
		char *at = area + first * MEBIBYTE;
		size_t length = (size_t)count * MEBIBYTE;
		errno = 0;
		if (!strcmp(word, "map") || !strcmp(word, "reserve"))
			area = mmap(NULL, length, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | (*word == 'r' ? MAP_NORESERVE : 0), -1, 0);
		else if (!strcmp(word, "touch"))
			for (size_t i = 0; i < length; i += PAGE) at[i] = 1;
		else if (!strcmp(word, "one")) *at = 1;
		else if (!strcmp(word, "drop")) madvise(at, length, MADV_DONTNEED);
		else if (!strcmp(word, "unmap")) munmap(at, length);
		printf("%ld %s\n", resident(), strerror(errno));
	}
	return 0;
}
