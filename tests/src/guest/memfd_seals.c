/* Seals: what a file made by memfd_create promises, and who may have it promise. */
#include "mapping.h"
#include <sys/mman.h>

static int fd;

static void fresh(const char *what, int seals)
{
	if (fd) close(fd);
	fd = memfd_create("sealed", MFD_ALLOW_SEALING);
	ftruncate(fd, 3 * PAGE);
	int added = fcntl(fd, F_ADD_SEALS, seals);
	say("-- %s: %d, then %d\n", what, added, fcntl(fd, F_GET_SEALS));
}

static void try_all(void)
{
	char bytes[2 * PAGE] = "x";
	told("write", pwrite(fd, bytes, 10, 0));
	told("over the end", pwrite(fd, bytes, 2 * PAGE, 2 * PAGE));
	told("within the last page", pwrite(fd, bytes, PAGE, 2 * PAGE + 100));
	told("behind it", pwrite(fd, bytes, 1, 5 * PAGE));
	told("longer", ftruncate(fd, 6 * PAGE));
	told("as long", ftruncate(fd, lseek(fd, 0, SEEK_END)));
	told("shorter", ftruncate(fd, PAGE));
	told("allocate", fallocate(fd, 0, 0, PAGE));
	told("allocate more", fallocate(fd, 0, 0, 9 * PAGE));
	told("keeping the size", fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 12 * PAGE));
	told("punch", fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, PAGE));
	int prots[] = { PROT_READ, PROT_READ | PROT_WRITE }, types[] = { MAP_SHARED, MAP_PRIVATE };
	for (int i = 0; i < 4; i++) {
		void *p = mmap(0, PAGE, prots[i % 2], types[i / 2], fd, 0);
		if (p == MAP_FAILED) { told("map", -1); continue; }
		told("map, make writable", mprotect(p, PAGE, PROT_READ | PROT_WRITE));
		munmap(p, PAGE);
	}
	say("size %ld\n", (long)lseek(fd, 0, SEEK_END));
}

int main(void)
{
	fresh("none", 0);
	try_all();
	fresh("shrink", F_SEAL_SHRINK);
	try_all();
	fresh("grow", F_SEAL_GROW);
	try_all();
	fresh("write", F_SEAL_WRITE);
	try_all();
	fresh("future writes", 16);
	try_all();
	fresh("all", F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
	try_all();
	told("sealed", fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));

	say("-- mapped\n");
	fresh("nothing", 0);
	char *p = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	told("writes, mapped", fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	told("future writes", fcntl(fd, F_ADD_SEALS, 16));
	p[3] = 'q';
	char c = 0;
	pread(fd, &c, 1, 3);
	say("through the memory: %c\n", c);
	munmap(p, PAGE);
	told("writes, unmapped", fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	say("%d\n", fcntl(fd, F_GET_SEALS));

	say("-- wrong\n");
	told("unknown", fcntl(fd, F_ADD_SEALS, 1 << 20));
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int reader = open(path, O_RDONLY);
	told("reader", fcntl(reader, F_ADD_SEALS, F_SEAL_GROW));
	say("reader sees %d\n", fcntl(reader, F_GET_SEALS));
	int plain = memfd_create("plain", 0);
	say("not to be sealed: %d\n", fcntl(plain, F_GET_SEALS));
	told("add", fcntl(plain, F_ADD_SEALS, F_SEAL_GROW));
	int pipes[2];
	pipe(pipes);
	told("pipe", fcntl(pipes[0], F_GET_SEALS));
	told("pipe, add", fcntl(pipes[1], F_ADD_SEALS, F_SEAL_GROW));
	return 0;
}
