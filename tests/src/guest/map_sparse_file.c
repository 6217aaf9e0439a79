/* A file of 200 GiB, most of it a hole, through windows. */
#include "mapping.h"

int main(void)
{
	int fd = open("sparse", O_RDWR | O_CREAT | O_TRUNC, 0644);
	off_t size = 200ll << 30;
	told("ftruncate", ftruncate(fd, size));
	for (int i = 0; i < 20; i++) {
		off_t at = size / 20 * i;
		char *window = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, at & -PAGE);
		window[i] = 'A' + i;
		munmap(window, 16 * PAGE);
	}
	char found[21] = "";
	for (int i = 0; i < 20; i++) pread(fd, found + i, 1, (size / 20 * i & -PAGE) + i);
	say("%s\n", found);
	struct stat status;
	fstat(fd, &status);
	say("blocks %ld\n", (long)status.st_blocks);
	char *window = mmap(NULL, 1 << 26, PROT_READ, MAP_PRIVATE, fd, size - (1 << 26));
	say("last window %d\n", window[(1 << 26) - 1]);
	catch_faults();
	char *beyond = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, size);
	probe("beyond", beyond, 0, 0);
	mapped("negative", mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, (off_t)1 << 63));
	mapped("huge", mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0x7ffffffffffff000));
	unlink("sparse");
	return 0;
}
