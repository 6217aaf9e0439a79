/*
 * System calls, accesses and forks in several threads, on pages that others map, unmap, protect, cut off and fill meanwhile, in
 * this process and in another one. Each call may do its work, fail or end in a fault of this program; nothing else.
 *
 *   map_storm FILE ROUNDS SEED
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 64, FILE_PAGES = 40, THREADS = 3 };

static char *area, *name;
static int file, reading, pipes[2], sockets[2];
static volatile int over;
static _Thread_local sigjmp_buf back;
static volatile long calls[THREADS], faults[THREADS];

static void jump_back(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)info, (void)context;
	siglongjmp(back, 1);
}

static unsigned next(unsigned *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

static void call(unsigned *state)
{
	char *p = area + next(state) % (PAGES * PAGE);
	size_t length = next(state) % (3 * PAGE);
	struct iovec pieces[3] = {{p, length}, {area + next(state) % (PAGES * PAGE), 100}, {p, 10}};
	off_t at = next(state) % (FILE_PAGES * PAGE);
	switch (next(state) % 20) {
	case 0: pread(file, p, length, at); break;
	case 1: pwrite(file, p, length, at); break;
	case 2: preadv(file, pieces, 3, at); break;
	case 3: pwritev(file, pieces, 3, at); break;
	case 4: write(pipes[1], p, length); break;
	case 5: read(pipes[0], p, length); break;
	case 6: send(sockets[0], p, length, MSG_DONTWAIT); break;
	case 7: recv(sockets[1], p, length, MSG_DONTWAIT); break;
	case 8: stat(p, (struct stat *)(p + 100)); break;
	case 9: getcwd(p, length); break;
	case 10: poll((struct pollfd *)p, 3, 0); break;
	case 11: clock_gettime(CLOCK_REALTIME, (struct timespec *)p); break;
	case 12: mincore((void *)((unsigned long)p & -PAGE), PAGE, (unsigned char *)p); break;
	case 13: process_vm_readv(getpid(), pieces, 1, pieces + 1, 1, 0); break;
	case 14: readlink("/proc/self/exe", p, length); break;
	case 15: memmove(p, area + next(state) % (PAGES * PAGE), length); break;
	case 16: memset(p, 1, length); break;
	case 17: __atomic_fetch_add((int *)((unsigned long)p & -4), 1, __ATOMIC_SEQ_CST); break;
	case 18: open(p, O_RDONLY | O_DIRECTORY); break;
	default: *(volatile long long *)p = 7; break;
	}
}

static void *storm(void *argument)
{
	long number = (long)argument;
	volatile unsigned state = number * 77 + 1;
	if (sigsetjmp(back, 1)) faults[number]++;
	while (!over) {
		unsigned now = state;
		next(&now);
		state = now;
		calls[number]++;
		call(&now);
	}
	return NULL;
}

static void change(unsigned *state)
{
	int first = next(state) % PAGES, count = 1 + next(state) % (PAGES - first);
	char *at = area + first * PAGE;
	size_t length = count * PAGE;
	off_t offset = next(state) % FILE_PAGES * PAGE;
	int rw = PROT_READ | PROT_WRITE;
	switch (next(state) % 12) {
	case 0: munmap(at, length); break;
	case 1: mprotect(at, length, next(state) % 4); break;
	case 2: mmap(at, length, rw, MAP_SHARED | MAP_FIXED, file, offset); break;
	case 3: mmap(at, length, PROT_READ, MAP_SHARED | MAP_FIXED, reading, offset); break;
	case 4: mmap(at, length, rw, MAP_PRIVATE | MAP_FIXED, file, offset); break;
	case 5: ftruncate(file, next(state) % (FILE_PAGES * PAGE)); break;
	case 6: madvise(at, length, MADV_DONTNEED); break;
	case 7: mremap(at, length / 2 & -PAGE, length, MREMAP_MAYMOVE); break;
	case 8: mmap(at, length, rw, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0); break;
	case 9: madvise(at, length, MADV_REMOVE); break;
	default: mmap(at, length, rw, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0); break;
	}
}

/* Another process on the same file. */
static void cut_again_and_again(unsigned state)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		truncate(name, next(&state) % (FILE_PAGES * PAGE));
		usleep(200);
	}
}

int main(int count, char **arguments)
{
	(void)count;
	name = arguments[1];
	int rounds = atoi(arguments[2]);
	unsigned state = atoi(arguments[3]);
	struct sigaction action = {.sa_sigaction = jump_back, .sa_flags = SA_SIGINFO | SA_NODEFER};
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	file = open(name, O_RDWR | O_CREAT, 0600);
	reading = open(name, O_RDONLY);
	ftruncate(file, FILE_PAGES * PAGE);
	pipe2(pipes, O_NONBLOCK);
	socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pid_t cutter = fork();
	if (cutter == 0) cut_again_and_again(state);
	/* Or the kill at the end would be everybody's. */
	if (cutter < 0) {
		perror("fork");
		return 1;
	}
	pthread_t threads[THREADS];
	for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, storm, (void *)i);
	for (int i = 0; i < rounds; i++) {
		change(&state);
		if (i % 50 == 0) {
			pid_t child = fork();
			if (child == 0) {
				if (sigsetjmp(back, 1) == 0) memset(area, 3, PAGES * PAGE);
				for (int n = 0; n < 20; n++) change(&state);
				_exit(0);
			}
			waitpid(child, NULL, 0);
		}
		if (i % 20 == 0) usleep(500);
	}
	over = 1;
	kill(cutter, SIGKILL);
	waitpid(cutter, NULL, 0);
	long all = 0;
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		all += calls[i];
	}
	printf("over %d\n", all > 0);
	return 0;
}
