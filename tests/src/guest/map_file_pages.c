/* remap_file_pages shows the pages of a shared mapping in another order. */
#include "mapping.h"

static void show(char *p)
{
	for (int i = 0; i < 4; i++) say("%d ", p[i * PAGE]);
	say("\n");
}

int main(void)
{
	int fd = open("file", O_RDWR | O_CREAT, 0644);
	for (int i = 0; i < 6; i++) {
		char byte = i;
		pwrite(fd, &byte, 1, i * PAGE);
	}
	char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	show(p);
	told("swap", remap_file_pages(p, PAGE, 0, 3, 0));
	told("swap", remap_file_pages(p + 3 * PAGE, PAGE, 0, 0, 0));
	show(p);
	told("all", remap_file_pages(p, 4 * PAGE, 0, 2, 0));
	p = mmap(p, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
	told("all", remap_file_pages(p, 4 * PAGE, 0, 2, 0));
	show(p);
	p[PAGE] = 33;
	char byte;
	pread(fd, &byte, 1, 3 * PAGE);
	say("written through %d\n", byte);
	told("rights", remap_file_pages(p, PAGE, PROT_READ, 0, 0));
	told("no size", remap_file_pages(p, PAGE - 1, 0, 0, 0));
	told("private", remap_file_pages(pages(1), PAGE, 0, 0, 0));
	told("beyond", remap_file_pages(p + 3 * PAGE, 2 * PAGE, 0, 0, 0));
	told("nothing", remap_file_pages((void *)(16 * PAGE), PAGE, 0, 0, 0));
	return 0;
}
