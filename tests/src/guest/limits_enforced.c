/* What limits of resources do when they are reached. */
#include "check.h"
#include <sys/mman.h>

static void limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit value = { soft, hard };
	if (setrlimit(resource, &value)) say("setrlimit: %s\n", strerror(errno));
}

static volatile int signals;

static void count(int sig)
{
	signals++;
}

static void file_sizes(void)
{
	char block[1000] = { 0 };
	go_to_memory();
	limit(RLIMIT_FSIZE, 2500, 5000);
	int fd = open("file", O_CREAT | O_RDWR, 0600), ends[2];
	signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; i < 4; i++) told("ignored, write", write(fd, block, 1000));
	told("pwrite beyond", pwrite(fd, block, 10, 3000));
	told("pwrite to the end", pwrite(fd, block, 1000, 2000));
	told("truncate beyond", ftruncate(fd, 2501));
	told("truncate", ftruncate(fd, 2500));
	told("fallocate beyond", posix_fallocate(fd, 0, 3000) ? -1 : 0);
	pipe(ends);
	told("a pipe has no size", write(ends[1], block, 1000));
	on_signal(SIGXFSZ, count, 0);
	lseek(fd, 2500, SEEK_SET);
	told("handled, write", write(fd, block, 1));
	say("signals %d\n", signals);
	told("truncate beyond", truncate("file", 5000));
	say("signals %d\n", signals);
	pid_t child = fork();
	if (!child) {
		signal(SIGXFSZ, SIG_DFL);
		write(fd, block, 1);
		_exit(0);
	}
	reap("default", child);
}

static void descriptors(void)
{
	limit(RLIMIT_NOFILE, 10, 20);
	int fd, last = -1, ends[2];
	while ((fd = dup(0)) >= 0) last = fd;
	say("last %d: %s\n", last, strerror(errno));
	told("pipe", pipe(ends));
	close(last);
	told("a pipe into one", pipe(ends));
	told("dup2 to the last", dup2(0, 9));
	told("dup2 beyond", dup2(0, 10));
	told("F_DUPFD beyond", fcntl(0, F_DUPFD, 10));
	told("open", open("/dev/null", O_RDONLY));
	limit(RLIMIT_NOFILE, 5, 20);
	told("those that are open stay", fcntl(9, F_GETFD));
	told("none below", dup(0));
	limit(RLIMIT_NOFILE, 20, 20);
	say("more again: %d\n", dup(0) >= 0);
}

static void processes(void)
{
	if (setgid(12345) || setuid(12345)) say("still privileged\n");
	limit(RLIMIT_NPROC, 3, 3);
	pid_t pids[5];
	int i, gate[2];
	char c;
	pipe(gate);
	for (i = 0; i < 5; i++) {
		pids[i] = fork();
		if (pids[i] < 0) break;
		if (!pids[i]) {
			close(gate[1]);
			read(gate[0], &c, 1);
			_exit(0);
		}
	}
	say("children %d: %s\n", i, strerror(errno));
	close(gate[1]);
	while (i-- > 0) waitpid(pids[i], 0, 0);
	pids[0] = fork();
	if (!pids[0]) _exit(7);
	reap("one more", pids[0]);
}

static void cpu_time(void)
{
	limit(RLIMIT_CPU, 1, 2);
	on_signal(SIGXCPU, count, 0);
	while (!signals);
	say("SIGXCPU\n");
	/* Once more each second, and at the hard limit SIGKILL. */
	for (;;);
}

static void memory(void)
{
	volatile size_t much = 200 << 20;
	limit(RLIMIT_AS, 128 << 20, 128 << 20);
	char *volatile got = malloc(much);
	say("malloc: %s\n", got ? "ok" : strerror(errno));
	say("mmap: %s\n", mmap(0, much, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? strerror(errno) : "ok");
	say("less: %s\n", malloc(20 << 20) ? "ok" : strerror(errno));
}

static void pending(void)
{
	if (setuid(12346)) say("still privileged\n");
	sigset_t set;
	int i;
	limit(RLIMIT_SIGPENDING, 5, 5);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, 0);
	for (i = 0; i < 10 && !sigqueue(getpid(), SIGRTMIN, (union sigval) { i }); i++);
	say("queued %d: %s\n", i, strerror(errno));
	told("a plain signal", kill(getpid(), SIGUSR1));
	sigpending(&set);
	say("is pending %d\n", sigismember(&set, SIGUSR1));
}

int main(void)
{
	void (*parts[])(void) = { file_sizes, descriptors, processes, cpu_time, memory, pending };
	const char *names[] = { "file sizes", "descriptors", "processes", "CPU time", "memory", "pending" };
	for (int i = 0; i < sizeof parts / sizeof *parts; i++) {
		pid_t child = fork();
		if (!child) {
			parts[i]();
			exit(0);
		}
		reap(names[i], child);
	}
	return 0;
}
