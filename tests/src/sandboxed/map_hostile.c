/* Memory calls with hostile numbers, many in each of many children: the host must survive, and the others' memory. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long long state;

static unsigned random_number(void)
{
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return state >> 33;
}

/* An address or a length: near the edges of what there is more often than anywhere. */
static unsigned hostile(char *base)
{
	static const unsigned edges[] = {0, 1, 4095, 4096, 0x10000, 0x7ffff000, 0x80000000, 0xfffff000, 0xffffffff, 0xffff0000};
	unsigned page = random_number() % 64 * 4096;
	switch (random_number() % 5) {
	case 0: return edges[random_number() % 10];
	case 1: return (unsigned)(long)base + page;
	case 2: return -page;
	case 3: return page;
	default: return random_number() * 2;
	}
}

static void attack(int calls)
{
	int fd = open("/tmp/hostile", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, 100000);
	int segment = shmget(IPC_PRIVATE, 50000, IPC_CREAT | 0600);
	char *base = mmap(NULL, 64 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < calls; i++) {
		unsigned a = hostile(base), b = hostile(base), c = hostile(base);
		/* Not what it stands on, most of the time: its data and stack end at 2 MiB. */
		if (a < 0x200000 && random_number() % 50) a += 0x200000;
		void *p = (void *)(unsigned long)a;
		switch (random_number() % 10) {
		case 0: munmap(p, b); break;
		case 1: mprotect(p, b, c); break;
		case 2: mremap(p, b, c, random_number() % 8, (void *)(unsigned long)hostile(base)); break;
		case 3: madvise(p, b, random_number() % 26); break;
		case 4: msync(p, b, random_number() % 8); break;
		case 5: mlock(p, b), munlock(p, b); break;
		case 6: mmap(p, b, random_number() % 8, 1 << random_number() % 22 | random_number() % 64, fd,
			(long long)hostile(base) << random_number() % 44 & -4096); break;
		case 7: mmap(p, b, PROT_READ | PROT_WRITE, MAP_SHARED | (random_number() & 1 ? MAP_FIXED : 0), fd, c & -4096); break;
		case 8: { void *q = shmat(segment, random_number() & 1 ? p : NULL, random_number() & 0170000);
			if (q != (void *)-1 && random_number() & 1) *(volatile char *)q = 1; break; }
		default: ftruncate(fd, random_number() % 200000); pread(fd, p, b, 0); pwrite(fd, p, b % 100000, 0); *(volatile char *)p = 7;
		}
	}
	_exit(0);
}

int main(int count, char **arguments)
{
	unsigned seed = count > 1 ? atoi(arguments[1]) : 1;
	int children = count > 2 ? atoi(arguments[2]) : 300;
	char *mine = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(mine, 0x5a, 1 << 20);
	int ended = 0;
	for (int i = 0; i < children; i++) {
		pid_t child = fork();
		if (child == 0) {
			state = (unsigned long long)seed << 32 | i;
			alarm(10);
			attack(200);
		}
		int status;
		ended += waitpid(child, &status, 0) == child && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	}
	int whole = 1;
	for (int i = 0; i < 1 << 20; i++) whole &= mine[i] == 0x5a;
	for (int id = 0; id < 5000; id++) {
		struct shmid_ds now;
		int real = shmctl(id, SHM_STAT, &now);
		if (real >= 0) shmctl(real, IPC_RMID, NULL);
	}
	printf("ended %d whole %d\n", ended, whole);
	return 0;
}
