// What getrusage, wait4 and /proc count besides time: pages, the most memory, and waits; of itself, threads and children.
#include "check.h"
#include <pthread.h>
#include <sys/mman.h>

enum { SIZE = 24 << 20 };

static char *touch_much(void)
{
	char *memory = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(memory, SIZE, MADV_NOHUGEPAGE);
	memset(memory, 1, SIZE);
	return memory;
}

static void *wait_often(void *unused)
{
	for (int i = 0; i < 20; i++) sleep_ms(1);
	return 0;
}

static struct rusage usage_of(int who)
{
	struct rusage usage;
	memset(&usage, 0x55, sizeof usage);
	told("getrusage", getrusage(who, &usage));
	return usage;
}

int main(void)
{
	struct rusage before = usage_of(RUSAGE_SELF), after, child;
	int status;
	say("some: %d\n", before.ru_minflt > 0 && before.ru_maxrss > 0);
	child = usage_of(RUSAGE_CHILDREN);
	say("children: %ld, %ld, %ld\n", child.ru_maxrss, child.ru_minflt, child.ru_nvcsw);

	pid_t pid = fork();
	if (!pid) {
		touch_much();
		for (int i = 0; i < 10; i++) sleep_ms(1);
		_exit(0);
	}
	wait4(pid, &status, 0, &child);
	say("the child's memory: %d, pages: %d, waits: %d\n", child.ru_maxrss > SIZE / 1024, child.ru_minflt >= SIZE / 4096, child.ru_nvcsw >= 10);
	child = usage_of(RUSAGE_CHILDREN);
	say("children's memory: %d, pages: %d, waits: %d\n", child.ru_maxrss > SIZE / 1024, child.ru_minflt >= SIZE / 4096, child.ru_nvcsw >= 10);
	pid = fork();
	if (!pid) _exit(0);
	wait4(pid, &status, 0, &child);
	say("another child's memory: %d\n", child.ru_maxrss > 0 && child.ru_maxrss <= SIZE / 1024);

	touch_much();
	after = usage_of(RUSAGE_SELF);
	/* Linux counts the memory of the program before exec as well, which may have been the larger. */
	say("memory: %d, pages: %d\n", after.ru_maxrss > SIZE / 1024, after.ru_minflt - before.ru_minflt >= SIZE / 4096 - 16);
	pthread_t thread;
	pthread_create(&thread, 0, wait_often, 0);
	pthread_join(thread, 0);
	before = usage_of(RUSAGE_SELF);
	say("waits: %d\n", before.ru_nvcsw - after.ru_nvcsw >= 20);
	before = usage_of(RUSAGE_THREAD);
	say("of this thread fewer: %d\n", before.ru_nvcsw < 20);
	say("not counted: %ld %ld %ld %ld %ld %ld %ld\n", after.ru_ixrss, after.ru_idrss, after.ru_isrss, after.ru_nswap, after.ru_msgsnd, after.ru_msgrcv, after.ru_nsignals);

	char text[2000] = "";
	unsigned long own = 0, children = 0;
	int fd = open("/proc/self/stat", O_RDONLY);
	read(fd, text, sizeof text - 1);
	sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %lu %lu", &own, &children);
	say("/proc: %d, %d\n", own >= SIZE / 4096, children >= SIZE / 4096);
	told("nobody", getrusage(5, &after));
	return 0;
}
