/* fork at the bottom of deep recursion, and through calls by pointer: the whole stack is in the child. */
#include "check.h"

static int depth_of_child;

static int descend(int depth)
{
	volatile int here[8];
	for (int i = 0; i < 8; i++) here[i] = depth + i;
	int below;
	if (depth == 0) {
		pid_t pid = fork();
		if (!pid) depth_of_child = 1;
		else reap("child of the bottom", pid);
		below = 0;
	} else {
		below = descend(depth - 1);
	}
	for (int i = 0; i < 8; i++) if (here[i] != depth + i) _exit(66);
	return below + 1;
}

typedef long long operation(long long a, double b, int depth);
static operation first, second;
static operation *volatile table[] = { first, second };

static long long first(long long a, double b, int depth)
{
	if (!depth) {
		pid_t pid = fork();
		if (!pid) return a + (long long)b;
		reap("child by pointer", pid);
		return a - (long long)b;
	}
	return table[1](a * 3 + 1, b / 2, depth - 1) ^ a;
}

static long long second(long long a, double b, int depth)
{
	return table[0](a + depth, b * 3, depth) + (long long)b;
}

/* A switch, nested loops and a fork in the middle of them. */
static int mixed(void)
{
	int sum = 0, forks = 0;
	for (int i = 0; i < 4; i++) {
		for (int j = 0; j < 3; j++) {
			switch ((i + j) % 3) {
			case 0:
				sum += i;
				break;
			case 1:
				if (i == 2 && j == 2 && !forks++) {
					pid_t pid = fork();
					if (pid) {
						reap("child of the loop", pid);
						sum += 1000;
					}
				}
				sum += 2 * j;
				continue;
			default:
				sum ^= 5;
			}
		}
	}
	return sum;
}

int main(void)
{
	int depth = descend(2000);
	if (depth_of_child) {
		say("child came up through %d calls\n", depth);
		_exit(3);
	}
	say("parent came up through %d calls\n", depth);

	pid_t self = getpid();
	long long result = table[0](123456789012345LL, 1e9, 6);
	say("%s %lld\n", getpid() == self ? "parent" : "child", result);
	if (getpid() != self) _exit(4);

	int sum = mixed();
	say("%s %d\n", getpid() == self ? "parent" : "child", sum);
	if (getpid() != self) _exit(5);

	/* Each process forks the next: a chain that unwinds from its end. */
	for (int i = 0; i < 20; i++) {
		pid_t pid = fork();
		if (pid) {
			int status;
			waitpid(pid, &status, 0);
			if (i == 0) say("the chain gave %d\n", WEXITSTATUS(status));
			if (i == 0) return 0;
			_exit(WEXITSTATUS(status) + 1);
		}
	}
	_exit(0);
}
