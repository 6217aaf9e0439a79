/* What /proc tells of a process, as far as it does not depend on the machine. */
#include "check.h"
#include <dirent.h>
#include <sys/mman.h>

static char text[65536];
static char *content(const char *path)
{
	int fd = open(path, O_RDONLY), got = 0, n;
	if (fd < 0) { snprintf(text, sizeof text, "(%s)", strerror(errno)); return text; }
	while ((n = read(fd, text + got, sizeof text - 1 - got)) > 0) got += n;
	text[got] = 0;
	close(fd);
	return text;
}

static void line(const char *path, const char *key)
{
	char *at = strstr(content(path), key), value[200] = "(none)";
	if (at) sscanf(at, "%199[^\n]", value);
	say("%s\n", value);
}

static void link_of(const char *path)
{
	char target[300] = "";
	int n = readlink(path, target, sizeof target - 1);
	say("%s -> %s\n", path, n < 0 ? strerror(errno) : target);
}

static void mode_of(const char *path)
{
	struct stat s;
	if (lstat(path, &s)) say("%s: %s\n", path, strerror(errno));
	else say("%s: %o, %d\n", path, s.st_mode, (int)s.st_size);
}

/* Without those above 31, of which the C library keeps some for itself. */
static void ignored(void)
{
	unsigned long long set = 0;
	char *at = strstr(content("/proc/self/status"), "SigIgn:");
	if (at) sscanf(at + 7, "%llx", &set);
	say("SigIgn: %llx\n", set & 0x7fffffff);
}

int main(void)
{
	char path[100];
	for (int sig = 1; sig < 32; sig++) signal(sig, SIG_DFL); /* whoever started the test may have ignored some */
	go_to_memory();
	umask(027);
	line("/proc/self/status", "Umask:");
	line("/proc/self/status", "Uid:");
	line("/proc/self/status", "Gid:");
	line("/proc/self/status", "Threads:");
	line("/proc/self/status", "Name:");
	signal(SIGUSR1, SIG_IGN);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, 0);
	raise(SIGUSR2);
	ignored();
	line("/proc/self/status", "SigBlk:");
	line("/proc/self/status", "ShdPnd:");
	say("comm %s", content("/proc/self/comm"));
	int fd = open("/proc/self/comm", O_WRONLY);
	told("name", write(fd, "another name that is long", 25));
	close(fd);
	say("comm %s", content("/proc/self/comm"));
	say("cmdline %d\n", (int)strlen(content("/proc/self/cmdline")) > 0);
	snprintf(path, sizeof path, "/proc/%d", getpid());
	char self[20] = "";
	readlink("/proc/self", self, sizeof self);
	say("self is me %d\n", atoi(self) == getpid());
	mkdir("d", 0755);
	chdir("d");
	char where[200] = "";
	readlink("/proc/self/cwd", where, sizeof where);
	say("cwd %s\n", where + strlen(where) - 2);
	link_of("/proc/self/root");
	fd = open("file", O_CREAT | O_RDWR | O_APPEND, 0644);
	write(fd, "12345", 5);
	lseek(fd, 3, SEEK_SET);
	snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
	line(path, "pos:");
	int open_flags = 0;
	sscanf(strstr(content(path), "flags:"), "flags: %o", &open_flags);
	say("flags %o\n", open_flags & ~0100000);
	struct flock l = { F_WRLCK, SEEK_SET, 1, 2 };
	fcntl(fd, F_SETLK, &l);
	say("locked %d\n", strstr(content(path), "POSIX  ADVISORY  WRITE") != 0);
	say("locks %d\n", strstr(content("/proc/locks"), "POSIX  ADVISORY  WRITE") != 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	mode_of(path);
	unlink("file");
	memset(where, 0, sizeof where);
	readlink(path, where, sizeof where);
	say("fd %s\n", strstr(where, "/d/"));
	int again = open(path, O_RDONLY);
	told("opened again", again < 0 ? -1 : 0);
	char byte;
	told("from its start", read(again, &byte, 1));
	int ends[2];
	pipe(ends);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	memset(where, 0, sizeof where);
	readlink(path, where, sizeof where);
	say("pipe %d\n", !strncmp(where, "pipe:[", 6));
	mode_of(path);
	told("write end through the read end", open(path, O_WRONLY) < 0 ? -1 : 0);
	mode_of("/proc/self");
	mode_of("/proc/self/exe");
	mode_of("/proc/self/status");
	mode_of("/proc/self/environ");
	mode_of("/proc/self/maps");
	mode_of("/proc/self/mounts");
	mode_of("/proc/self/task");
	told("create", open("/proc/new", O_CREAT | O_WRONLY, 0644));
	told("mkdir", mkdir("/proc/self/new", 0755));
	told("unlink", unlink("/proc/self/status"));
	told("write", open("/proc/self/status", O_WRONLY));
	told("no such process", open("/proc/999999", O_RDONLY));
	told("no such descriptor", open("/proc/self/fd/99", O_RDONLY));
	told("odd name", open("/proc/self/fd/03", O_RDONLY));
	pid_t child = fork();
	if (!child) _exit(3);
	siginfo_t info;
	waitid(P_PID, child, &info, WEXITED | WNOWAIT);
	snprintf(path, sizeof path, "/proc/%d/status", child);
	line(path, "State:");
	snprintf(path, sizeof path, "/proc/%d/fd", child);
	DIR *dir = opendir(path);
	int entries = 0;
	while (dir && readdir(dir)) entries++;
	say("files of a zombie %d\n", entries);
	snprintf(path, sizeof path, "/proc/%d/cmdline", child);
	say("cmdline '%s'\n", content(path));

	reap("child", child);
	say("%s\n", content("/proc/sys/kernel/ostype"));
	say("file systems %d %d\n", strstr(content("/proc/filesystems"), "tmpfs") != 0, strstr(content("/proc/filesystems"), "nodev\tproc") != 0);
	say("stat %d\n", strstr(content("/proc/stat"), "cpu ") != 0 && strstr(content("/proc/stat"), "btime ") != 0);
	say("loadavg %d\n", strchr(content("/proc/loadavg"), '/') != 0);
	return 0;
}
