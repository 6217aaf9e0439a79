/* Calls about processes, users and limits, with arguments that are wrong. */
#include "errors.h"
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>

#define NOBODY_HAS_IT 9999999

extern char **environ;

static void waiting(void)
{
	siginfo_t info;
	int status;
	TRY(wait(&status));
	TRY(waitpid(-1, &status, 0));
	TRY(waitpid(0, &status, 0));
	TRY(waitpid(1, &status, 0));
	TRY(waitpid(getpid(), &status, 0));
	TRY(waitpid(-NOBODY_HAS_IT, &status, 0));
	TRY(waitpid(-1, &status, 0x100));
	TRY(waitpid(INT_MIN, &status, 0));
	TRY(waitid(P_ALL, 0, &info, WEXITED));
	TRY(waitid(P_PID, 0, &info, WEXITED));
	TRY(waitid(P_PID, 1, &info, WEXITED));
	TRY(waitid(P_PGID, 0, &info, WEXITED));
	TRY(waitid(P_ALL, 0, &info, 0));
	TRY(waitid(P_ALL, 0, &info, WNOHANG));
	TRY(waitid(P_ALL, 0, &info, WEXITED | 0x100));
	TRY(waitid(9, 0, &info, WEXITED));
	TRY(waitid(P_PIDFD, CLOSED, &info, WEXITED));
	TRY(waitid(P_PIDFD, 0, &info, WEXITED));
	TRY(waitid(P_PIDFD, -1, &info, WEXITED));
}

static void groups(void)
{
	int gate[2], ready[2];
	char c;
	TRY(getpgid(NOBODY_HAS_IT));
	TRY(getpgid(-1));
	TRY(getsid(NOBODY_HAS_IT));
	TRY(getsid(-1));
	TRY(setpgid(0, -1));
	TRY(setpgid(-1, 0));
	TRY(setpgid(NOBODY_HAS_IT, 0));
	TRY(setpgid(getppid(), 0));
	TRY(setpgid(0, NOBODY_HAS_IT));
	pipe(gate);
	pipe(ready);
	pid_t child = fork();
	if (!child) {
		setsid();
		write(ready[1], "", 1);
		close(gate[1]);
		read(gate[0], &c, 1);
		_exit(0);
	}
	read(ready[0], &c, 1);
	TRY(setpgid(child, 0));
	TRY(setpgid(0, child));
	TRY(tcsetpgrp(0, getpid()));
	TRY(tcgetpgrp(CLOSED));
	TRY(tcgetpgrp(gate[0]));
	TRY(tcgetsid(gate[0]));
	close(gate[1]);
	reap("child", child);
	IN_CHILD(setpgid(0, 0); TRY(setsid()));
}

static void priorities(void)
{
	TRY(getpriority(9, 0));
	TRY(getpriority(PRIO_PROCESS, NOBODY_HAS_IT));
	TRY(getpriority(PRIO_PROCESS, -1));
	TRY(getpriority(PRIO_PGRP, NOBODY_HAS_IT));
	TRY(getpriority(PRIO_USER, NOBODY_HAS_IT));
	TRY(setpriority(9, 0, 0));
	TRY(setpriority(PRIO_PROCESS, NOBODY_HAS_IT, 0));
	TRY(setpriority(PRIO_USER, NOBODY_HAS_IT, 0));
	IN_CHILD(become_nobody(); TRY(setpriority(PRIO_PROCESS, 1, 5)); TRY(setpriority(PRIO_PROCESS, 0, -5)); TRY(nice(-5));
		TRY(setpriority(PRIO_PROCESS, 0, 5)); TRY(setpriority(PRIO_PROCESS, 0, 0)); TRY(nice(0)));
}

static void limits(void)
{
	struct rlimit limit = { 10, 5 };
	struct rusage usage;
	TRY(getrlimit(99, &limit));
	TRY(getrlimit(-1, &limit));
	TRY(setrlimit(99, &limit));
	limit = (struct rlimit) { 10, 5 };
	TRY(setrlimit(RLIMIT_CORE, &limit));
	TRY(getrlimit(RLIMIT_NOFILE, BAD));
	limit = (struct rlimit) { 1L << 30, 1L << 30 };
	TRY(setrlimit(RLIMIT_NOFILE, &limit));
	TRY(prlimit(NOBODY_HAS_IT, RLIMIT_NOFILE, 0, &limit));
	TRY(prlimit(0, 99, 0, &limit));
	TRY(getrusage(9, &usage));
	TRY(getrusage(RUSAGE_SELF, BAD));
	IN_CHILD(become_nobody(); TRY(prlimit(1, RLIMIT_NOFILE, 0, &limit));
		limit = (struct rlimit) { 10, 10 }; TRY(setrlimit(RLIMIT_CPU, &limit));
		limit = (struct rlimit) { 10, 20 }; TRY(setrlimit(RLIMIT_CPU, &limit));
		limit = (struct rlimit) { 20, 10 }; TRY(setrlimit(RLIMIT_CPU, &limit)));
}

static void users(void)
{
	gid_t list[3] = { 1, 2, 3 };
	TRY(setuid(-1));
	TRY(setgid(-1));
	TRY(setgroups(-1, list));
	TRY(setgroups(65537, list));
	TRY(setgroups(1, BAD));
	TRY(getgroups(-1, list));
	IN_CHILD(setgroups(3, list); TRY(getgroups(2, list)); TRY(getgroups(0, 0)); TRY(getgroups(3, BAD)));
	IN_CHILD(become_nobody(); TRY(setuid(0)); TRY(setgid(0)); TRY(seteuid(0)); TRY(setegid(0)); TRY(setreuid(0, -1));
		TRY(setreuid(-1, 0)); TRY(setresuid(-1, -1, 0)); TRY(setresgid(0, -1, -1)); TRY(setgroups(0, list));
		TRY(setuid(65534)); TRY(sethostname("x", 1)); TRY(setdomainname("x", 1)));
	IN_CHILD(setresuid(1, 2, 3); TRY(setuid(2)); TRY(setuid(3)); TRY(seteuid(1)); TRY(setuid(4)); TRY(setreuid(3, 2));
		TRY(setreuid(2, 1)); TRY(setresuid(3, 3, 3)); TRY(setuid(1)));
	TRY(sethostname("x", -1));
	TRY(sethostname("x", 65));
	TRY(gethostname((char [1]) { 0 }, -1));
	TRY(uname(BAD));
}

static void executing(void)
{
	char *many[] = { "x", 0 };
	int fd = open(".", O_RDONLY);
	TRY(execv("missing", many));
	TRY(execv("", many));
	TRY(execv(".", many));
	TRY(execv("program/x", many));
	TRY(execv("program", many));
	TRY(execve(BAD, many, environ));
	TRY(execve("script", BAD, environ));
	TRY(execve("script", (char *[]) { BAD, 0 }, environ));
	TRY(execvp("missing", many));
	TRY(execvp("", many));
	TRY(fexecve(CLOSED, many, environ));
	TRY(fexecve(fd, many, environ));
	TRY(syscall(SYS_execveat, CLOSED, "script", many, environ, 0));
	TRY(syscall(SYS_execveat, fd, "", many, environ, 0));
	TRY(syscall(SYS_execveat, fd, "script", many, environ, 0x4000000));
	TRY(syscall(SYS_execveat, fd, "link", many, environ, AT_SYMLINK_NOFOLLOW));
	close(fd);
}

static void spawning(void)
{
	pid_t pid;
	char *words[] = { "x", 0 };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	TRY_ERROR(posix_spawn(&pid, "missing", 0, 0, words, environ));
	TRY_ERROR(posix_spawn(&pid, "program", 0, 0, words, environ));
	TRY_ERROR(posix_spawnp(&pid, "missing", 0, 0, words, environ));
	TRY_ERROR(posix_spawn_file_actions_addclose(&actions, -1));
	TRY_ERROR(posix_spawn_file_actions_adddup2(&actions, -1, 1));
	TRY_ERROR(posix_spawn_file_actions_addopen(&actions, -1, "x", 0, 0));
	TRY_ERROR(posix_spawnattr_setflags(&attributes, 0x4000));
	posix_spawn_file_actions_adddup2(&actions, CLOSED, 1);
	TRY_ERROR(posix_spawn(&pid, "/bin/true", &actions, 0, words, environ));
	posix_spawn_file_actions_destroy(&actions);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 3, "missing", O_RDONLY, 0);
	TRY_ERROR(posix_spawn(&pid, "/bin/true", &actions, 0, words, environ));
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, NOBODY_HAS_IT);
	TRY_ERROR(posix_spawn(&pid, "/bin/true", 0, &attributes, words, environ));
}

static void special(void)
{
	struct __user_cap_header_struct header = { 0x12345678, 0 };
	struct __user_cap_data_struct data[2];
	TRY(prctl(9999, 0, 0, 0, 0));
	TRY(prctl(PR_SET_PDEATHSIG, 99, 0, 0, 0));
	TRY(prctl(PR_GET_PDEATHSIG, BAD, 0, 0, 0));
	TRY(prctl(PR_SET_DUMPABLE, 9, 0, 0, 0));
	TRY(prctl(PR_SET_NAME, BAD, 0, 0, 0));
	TRY(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
	TRY(prctl(PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0));
	TRY(prctl(PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0));
	TRY(prctl(PR_SET_KEEPCAPS, 9, 0, 0, 0));
	TRY(prctl(PR_CAPBSET_READ, 999, 0, 0, 0));
	TRY(prctl(PR_CAPBSET_DROP, 999, 0, 0, 0));
	TRY(prctl(PR_SET_TIMING, 9, 0, 0, 0));
	TRY(prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0));
	TRY(prctl(PR_GET_CHILD_SUBREAPER, BAD, 0, 0, 0));
	TRY(prctl(PR_SET_THP_DISABLE, 1, 1, 0, 0));
	TRY(prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0));
	TRY(prctl(PR_MCE_KILL, 9, 0, 0, 0));
	TRY(syscall(SYS_capget, &header, data));
	header = (struct __user_cap_header_struct) { _LINUX_CAPABILITY_VERSION_3, NOBODY_HAS_IT };
	TRY(syscall(SYS_capget, &header, data));
	header.pid = -1;
	TRY(syscall(SYS_capget, &header, data));
	header.pid = 1;
	TRY(syscall(SYS_capset, &header, data));
	TRY(syscall(SYS_pidfd_open, NOBODY_HAS_IT, 0));
	TRY(syscall(SYS_pidfd_open, -1, 0));
	TRY(syscall(SYS_pidfd_open, getpid(), 0x100));
	TRY(syscall(SYS_pidfd_send_signal, CLOSED, 0, 0, 0));
	TRY(syscall(SYS_pidfd_send_signal, 0, 0, 0, 0));
	TRY(syscall(SYS_pidfd_getfd, CLOSED, 0, 0));
	TRY(syscall(SYS_kcmp, NOBODY_HAS_IT, getpid(), 0, 0, 0));
	TRY(syscall(SYS_kcmp, getpid(), getpid(), 99, 0, 0));
	TRY(syscall(SYS_kcmp, getpid(), getpid(), 0, CLOSED, 0));
	TRY(syscall(SYS_getrandom, BAD, 10, 0));
	TRY(syscall(SYS_getrandom, data, 10, 0x100));
	TRY(getentropy(data, 257));
	TRY(syscall(SYS_ioprio_get, 9, 0));
	TRY(syscall(SYS_ioprio_get, 1, NOBODY_HAS_IT));
	TRY(syscall(SYS_unshare, 1));
	TRY(syscall(SYS_setns, CLOSED, 0));
	TRY(syscall(SYS_personality, -1));
	TRY(syscall(9999));
}

int main(void)
{
	go_to_memory();
	close(open("program", O_CREAT | O_WRONLY, 0644));
	int fd = open("script", O_CREAT | O_WRONLY, 0755);
	write(fd, "#!/bin/true\n", 12);
	close(fd);
	symlink("script", "link");
	waiting();
	groups();
	priorities();
	limits();
	users();
	executing();
	spawning();
	special();
	return 0;
}
