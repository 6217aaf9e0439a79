/* RLIMIT_FSIZE: a write up to the limit is short, one beyond it gives SIGXFSZ and EFBIG. */
#include "check.h"
#include <sys/uio.h>

static volatile int signals;

static void count(int sig)
{
	signals++;
}

static void wrote(const char *what, long result)
{
	say("%s: %ld%s, signals %d\n", what, result, result < 0 && errno == EFBIG ? " EFBIG" : "", signals);
}

int main(void)
{
	static char bytes[1000];
	struct rlimit limit = { 1500, RLIM_INFINITY };
	on_signal(SIGXFSZ, count, 0);
	int fd = open("f", O_RDWR | O_CREAT | O_TRUNC, 0644);
	say("set %d\n", setrlimit(RLIMIT_FSIZE, &limit));
	wrote("first", write(fd, bytes, sizeof bytes));
	wrote("second is short", write(fd, bytes, sizeof bytes));
	wrote("third", write(fd, bytes, sizeof bytes));
	wrote("nothing", write(fd, bytes, 0));
	wrote("inside", pwrite(fd, bytes, 100, 1400));
	wrote("across", pwrite(fd, bytes, 200, 1400));
	wrote("at the limit", pwrite(fd, bytes, 1, 1500));
	wrote("beyond", pwrite(fd, bytes, 1, 5000));
	wrote("ftruncate up to it", ftruncate(fd, 1500));
	wrote("ftruncate beyond", ftruncate(fd, 1501));
	wrote("truncate beyond", truncate("f", 9000));
	wrote("truncate down", truncate("f", 10));
	struct iovec two[] = { { bytes, 900 }, { bytes, 900 } };
	lseek(fd, 0, SEEK_SET);
	wrote("writev", writev(fd, two, 2));
	int end = open("f", O_WRONLY | O_APPEND);
	wrote("append", write(end, bytes, 10));
	int null = open("/dev/null", O_WRONLY);
	wrote("devices have no limit", pwrite(null, bytes, 1000, 1400));
	int pipes[2];
	pipe(pipes);
	for (int i = 0; i < 2; i++) wrote("nor have pipes", write(pipes[1], bytes, 1000));
	on_signal(SIGXFSZ, SIG_IGN, 0);
	wrote("ignored", pwrite(fd, bytes, 1, 1500));
	pid_t child = fork();
	if (!child) {
		on_signal(SIGXFSZ, SIG_DFL, 0);
		pwrite(fd, bytes, 1, 1500);
		say("not reached\n");
		_exit(0);
	}
	reap("default", child);
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	wrote("no limit", pwrite(fd, bytes, 1, 1500));
	return 0;
}
