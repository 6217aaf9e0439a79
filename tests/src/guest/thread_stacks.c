// A thread's stack: as large as was asked for, where it was asked for, with a guard that faults.
#include "check.h"
#include <pthread.h>

static void *own;
static size_t asked;

static void *looks(void *name)
{
	pthread_attr_t attributes;
	void *address;
	size_t size;
	char here;
	pthread_getattr_np(pthread_self(), &attributes);
	pthread_attr_getstack(&attributes, &address, &size);
	say("%s: size as asked %d, where asked %d, on it %d\n", (char *)name, size == asked, !own || address == own,
		&here > (char *)address && &here < (char *)address + size);
	return NULL;
}

static int depth(volatile char *above, int left)
{
	volatile char page[1024];
	page[0] = above[0];
	return left ? depth(page, left - 1) + page[0] : 0;
}

static void *overflows(void *unused)
{
	volatile char first[1] = { 0 };
	depth(first, asked / 1024 + 1);
	return NULL;
}

static void run(void *(*function)(void *), pthread_attr_t *attributes, const char *name)
{
	pthread_t thread;
	int error = pthread_create(&thread, attributes, function, (void *)name);
	if (error) say("%s: %s\n", name, strerror(error));
	else pthread_join(thread, NULL);
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	asked = 1 << 18;
	pthread_attr_setstacksize(&attributes, asked);
	pthread_attr_setguardsize(&attributes, 1 << 16);
	/* First, since Debian's C library keeps larger stacks to use them again. */
	pid_t pid = fork();
	if (!pid) {
		run(overflows, &attributes, "overflow");
		_exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	say("overflow: %s\n", status_text(status));

	pthread_attr_init(&attributes);
	static const int sizes[] = { 1 << 18, 1 << 20, (1 << 20) + 4096 };
	for (int i = 0; i < 3; i++) {
		asked = sizes[i];
		pthread_attr_setstacksize(&attributes, asked);
		run(looks, &attributes, "ours");
	}
	posix_memalign(&own, 4096, asked);
	pthread_attr_setstack(&attributes, own, asked);
	run(looks, &attributes, "the program's");
	return 0;
}
