/* Programs with set-id bits: which ids they get, keep and can go back to, by who runs them, how, and who owns them. */
#include "check.h"
#include <sys/prctl.h>

enum { OWNER = 4001, GROUP = 4002, USER = 4003, USERS = 4004 };

static void ids(const char *what)
{
	uid_t u[3];
	gid_t g[3];
	getresuid(&u[0], &u[1], &u[2]);
	getresgid(&g[0], &g[1], &g[2]);
	say("%s: %d %d %d, %d %d %d, dumpable %d\n", what, u[0], u[1], u[2], g[0], g[1], g[2], prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1);
}

/* What a program can do that runs as another. */
static void changes(void)
{
	ids("runs as");
	told("access goes by the real id", access("secret", R_OK));
	int fd = open("secret", O_RDONLY);
	say("open by the effective one: %s\n", fd < 0 ? strerror(errno) : "ok");
	told("seteuid(real)", seteuid(getuid()));
	ids("given up for now");
	fd = open("secret", O_RDONLY);
	say("open: %s\n", fd < 0 ? strerror(errno) : "ok");
	told("back", seteuid(OWNER));
	told("setegid(real)", setegid(getgid()));
	told("back", setegid(GROUP));
	told("seteuid(0)", seteuid(0));
	told("swapped", setreuid(geteuid(), getuid()));
	ids("swapped");
	told("swapped back", setreuid(geteuid(), getuid()));
	told("setuid(real)", setuid(getuid()));
	ids("setuid keeps the saved one");
	told("back", setuid(OWNER));
	told("for good", setresuid(getuid(), getuid(), getuid()));
	told("not back", seteuid(OWNER));
	ids("in the end");
}

static void make(const char *name, int mode, uid_t owner, gid_t group)
{
	char bytes[65536];
	int from = open("/proc/self/exe", O_RDONLY), to = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0700), got;
	while ((got = read(from, bytes, sizeof bytes)) > 0) write(to, bytes, got);
	close(from);
	fchown(to, owner, group);
	fchmod(to, mode);
	close(to);
}

static void become_user(void)
{
	if (setgid(USERS) || setuid(USER)) say("not the user\n");
}

static void runs(const char *what, const char *program, const char *word, int no_more)
{
	say("-- %s\n", what);
	pid_t child = fork();
	if (!child) {
		become_user();
		if (no_more) prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		execl(program, program, word, (char *)0);
		say("exec: %s\n", strerror(errno));
		_exit(0);
	}
	reap(what, child);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		if (!strcmp(argv[1], "changes")) changes();
		else if (!strcmp(argv[1], "again")) {
			ids("runs as");
			execl("plain", "plain", "ids", (char *)0);
		} else if (!strcmp(argv[1], "given up")) {
			seteuid(getuid());
			ids("runs as");
			execl("plain", "plain", "ids", (char *)0);
		} else ids(argv[1]);
		return 0;
	}
	chmod(".", 0777);
	int fd = open("secret", O_CREAT | O_WRONLY, 0600);
	fchown(fd, OWNER, -1);
	close(fd);
	make("plain", 0755, 0, 0);
	make("both", 06755, OWNER, GROUP);
	make("user", 04755, OWNER, GROUP);
	make("group", 02755, OWNER, GROUP);
	make("no_group_execution", 02745, OWNER, GROUP);
	make("not_executable", 06644, OWNER, GROUP);
	make("owner_only", 06700, OWNER, GROUP);
	make("root", 04755, 0, 0);
	runs("plain", "./plain", "ids", 0);
	runs("both", "./both", "ids", 0);
	runs("user", "./user", "ids", 0);
	runs("group", "./group", "ids", 0);
	runs("no group execution", "./no_group_execution", "ids", 0);
	runs("not executable", "./not_executable", "ids", 0);
	runs("owner only", "./owner_only", "ids", 0);
	runs("root", "./root", "ids", 0);
	runs("no new privileges", "./both", "ids", 1);
	runs("changes", "./both", "changes", 0);
	runs("again", "./both", "again", 0);
	runs("given up before the next", "./both", "given up", 0);
	/* Writing, and a new owner, take the bits away. */
	struct stat now;
	chown("both", USER, USERS);
	stat("both", &now);
	say("new owner: %o\n", now.st_mode & 07777);
	chmod("user", 06777);
	pid_t child = fork();
	if (!child) {
		become_user();
		int fd = open("user", O_WRONLY | O_APPEND);
		write(fd, "", 1);
		_exit(0);
	}
	reap("writer", child);
	stat("user", &now);
	say("written: %o\n", now.st_mode & 07777);
	/* Root's real id counts as well. */
	child = fork();
	if (!child) {
		setresuid(0, USER, USER);
		execl("plain", "plain", "root by its real id", (char *)0);
	}
	reap("root", child);
	return 0;
}
