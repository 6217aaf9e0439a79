/* Priorities of SCHED_FIFO decide who runs. All processors but one are kept busy by processes of the highest priority. */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HIGHEST = 99, PARENT = 90, CHILDREN = 4, LONG = 50000000 };

static volatile int *shared;

static void priority(pid_t pid, int value)
{
	struct sched_param parameter = { .sched_priority = value };
	if (sched_setscheduler(pid, SCHED_FIFO, &parameter)) perror("sched_setscheduler");
}

static char state(pid_t pid)
{
	char path[32], letter = '?';
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	FILE *file = fopen(path, "r");
	fscanf(file, "%*d (%*[^)]) %c", &letter);
	fclose(file);
	return letter;
}

static void compute(void)
{
	for (volatile int i = 0; i < LONG; i++);
}

/* Children that are all woken by one who is more important run in the order of their priorities. */
static void in_order(void)
{
	int go[CHILDREN][2], ready[2], done[2];
	pid_t child[CHILDREN];
	char c = 0;
	pipe(ready);
	pipe(done);
	for (int i = 0; i < CHILDREN; i++) {
		pipe(go[i]);
		child[i] = fork();
		if (!child[i]) {
			priority(0, i + 1);
			write(ready[1], &c, 1);
			read(go[i][0], &c, 1);
			compute();
			c = '1' + i;
			write(done[1], &c, 1);
			_exit(0);
		}
	}
	for (int i = 0; i < CHILDREN; i++) read(ready[0], &c, 1);
	for (int i = 0; i < CHILDREN; i++) while (state(child[i]) != 'S') usleep(1000);
	for (int i = 0; i < CHILDREN; i++) write(go[i][1], &c, 1);
	for (int i = 0; i < CHILDREN; i++) while (state(child[i]) == 'S') sched_yield();
	for (int i = 0; i < CHILDREN; i++) {
		read(done[0], &c, 1);
		printf("%c", c);
	}
	printf("\n");
	for (int i = 0; i < CHILDREN; i++) waitpid(child[i], NULL, 0);
}

/* Whoever makes another more important than itself goes on when that has computed. */
static void preempted(void)
{
	pid_t child = fork();
	if (!child) {
		priority(0, 1);
		shared[0] = 1;
		while (!shared[1]);
		compute();
		shared[2] = 1;
		pause();
	}
	while (!shared[0]) usleep(1000);
	shared[1] = 1;
	priority(child, PARENT + 1);
	printf("preempted: %d\n", shared[2]);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

int main(void)
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int busy = sysconf(_SC_NPROCESSORS_ONLN) - 1;
	pid_t spinner[busy + 1];
	priority(0, PARENT);
	for (int i = 0; i < busy; i++) {
		spinner[i] = fork();
		if (!spinner[i]) {
			priority(0, HIGHEST);
			__atomic_fetch_add(&shared[3], 1, __ATOMIC_SEQ_CST);
			for (;;);
		}
	}
	while (shared[3] < busy) usleep(1000);
	in_order();
	preempted();
	for (int i = 0; i < busy; i++) kill(spinner[i], SIGKILL);
	while (wait(NULL) > 0);
	return 0;
}
