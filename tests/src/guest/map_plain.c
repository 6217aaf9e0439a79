/* Memory that was like any other faults as soon as it is taken away or protected, with the heap on both sides of it. */
#include "mapping.h"
#include <sys/wait.h>

static unsigned sum(const unsigned char *bytes, size_t length)
{
	unsigned result = 0;
	for (size_t i = 0; i < length; i++) result = result * 31 + bytes[i];
	return result;
}

static unsigned char *filled(size_t length)
{
	unsigned char *bytes = malloc(length);
	for (size_t i = 0; i < length; i++) bytes[i] = (unsigned char)(i * 7);
	return bytes;
}

/* Reads numbers of all widths up to a page's end, and over it. */
static void widths(char *p, long end)
{
	volatile uint64_t got = 0;
	for (int width = 1; width <= 8; width *= 2) {
		for (long at = end - width; at <= end; at += width == 1 ? 1 : width / 2) {
			if (sigsetjmp(after_fault, 1) == 0) {
				switch (width) {
				case 1: got = *(volatile uint8_t *)(p + at); break;
				case 2: got = *(volatile uint16_t *)(p + at); break;
				case 4: got = *(volatile uint32_t *)(p + at); break;
				default: got = *(volatile uint64_t *)(p + at); break;
				}
				say("%d bytes at %ld: %llx\n", width, at - end, (unsigned long long)got);
			} else {
				say("%d bytes at %ld: signal %d at %ld\n", width, at - end, fault.si_signo, (long)((char *)fault.si_addr - p) - end);
			}
		}
	}
}

static void look(char *p)
{
	probe("first", p, 0, 1);
	probe("taken", p, PAGE, 0);
	probe("taken", p, PAGE + 8, 1);
	probe("behind", p, 2 * PAGE, 1);
	probe("protected", p, 3 * PAGE, 0);
	probe("protected", p, 3 * PAGE, 1);
}

int main(void)
{
	catch_faults();
	unsigned char *below = filled(300000);
	char *p = pages(5);
	unsigned char *above = filled(400000);
	memset(p, 'p', 5 * PAGE);
	say("%u %u %u\n", sum(below, 300000), sum((unsigned char *)p, 5 * PAGE), sum(above, 400000));
	munmap(p + PAGE, PAGE);
	mprotect(p + 3 * PAGE, PAGE, PROT_READ);
	look(p);
	widths(p, PAGE);
	pid_t child = fork();
	if (child == 0) {
		look(p);
		say("%u %u\n", sum(below, 300000), sum(above, 400000));
		exit(0);
	}
	waitpid(child, NULL, 0);

	mapped("again", mmap(p + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	probe("again", p, PAGE, 0);
	mprotect(p + 3 * PAGE, PAGE, PROT_READ | PROT_WRITE);
	unsigned char *more = filled(500000);
	say("%u %u %u %u\n", sum(below, 300000), sum((unsigned char *)p, 5 * PAGE), sum(above, 400000), sum(more, 500000));
	free(above);
	above = filled(350000);
	mapped("none", mmap(p, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	probe("none", p, 0, 0);
	mapped("file", mmap(p, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, lettered("letters", 100), 0));
	probe("file", p, 27, 0);
	probe("beyond the heap", p, 5 * PAGE - 1, 0);
	say("%u %u\n", sum(above, 350000), sum(more, 500000));
	return 0;
}
