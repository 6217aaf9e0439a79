/* Memory that a process shares with its children and theirs. */
#include "mapping.h"

int main(void)
{
	volatile int *shared = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int *own = (int *)pages(1);
	shared[0] = 1;
	own[0] = 1;
	pid_t child = fork();
	if (child == 0) {
		shared[1] = shared[0] + 1;
		own[0] = 99;
		pid_t grandchild = fork();
		if (grandchild == 0) {
			shared[2 * PAGE / sizeof(int)] = shared[1] + 1;
			munmap((void *)shared, PAGE);
			_exit(0);
		}
		waitpid(grandchild, NULL, 0);
		_exit(0);
	}
	reap("child", child);
	say("%d %d %d, own %d\n", shared[0], shared[1], shared[2 * PAGE / sizeof(int)], own[0]);
	for (int i = 0; i < 4; i++) {
		if (fork() == 0) {
			for (int k = 0; k < 10000; k++) __atomic_add_fetch(&shared[5], 1, __ATOMIC_SEQ_CST);
			_exit(0);
		}
	}
	while (wait(NULL) > 0) {}
	say("counted %d\n", shared[5]);
	return 0;
}
