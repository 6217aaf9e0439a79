/* Makes system calls that a test asks for and tells what came of them: Linux's own answer to what the
 * test expects of a file system.
 *
 *     oracle DIRECTORY
 *
 * makes DIRECTORY its root (so it has to be started by root) and then takes requests from standard
 * input until it ends. A request is
 *
 *     length of the name (1 byte; 0: send all answers now), name, slot for the result (1; 255: none),
 *     number of arguments (1), arguments
 *
 * An argument is a letter and what belongs to it: 'i' a number (8 bytes); 'r' a slot (1), whose
 * descriptor is passed; 's' length (4) and bytes, passed by address with a NUL behind them; 'o' the length
 * (4) of a buffer for output; 'b' length (4) and bytes of a buffer that the call also changes. The answer
 * is the result or the negative errno (8 bytes), followed by the content of each 'o' and 'b' buffer. Numbers
 * are in the machine's own order.
 *
 * Two names are not system calls: "become" takes on a user, a group and supplementary groups, with the
 * way back to root left open; "drop" closes the descriptor in a slot. */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ARGUMENTS = 8, SLOTS = 16, OUTPUT = 1 << 24 };

#define CALL(name) { #name, SYS_##name }
static const struct call { const char *name; long number; } calls[] = {
	CALL(openat), CALL(close), CALL(mkdirat), CALL(mknodat), CALL(unlinkat), CALL(symlinkat),
	CALL(linkat), CALL(renameat2), CALL(readlinkat), CALL(statx), CALL(fchmodat), CALL(fchmod),
	CALL(fchownat), CALL(fchown), CALL(utimensat), CALL(truncate), CALL(ftruncate), CALL(fallocate),
	CALL(faccessat2), CALL(chdir), CALL(fchdir), CALL(getcwd), CALL(umask), CALL(getdents64),
	CALL(pread64), CALL(pwrite64), CALL(read), CALL(write), CALL(lseek), CALL(fcntl), CALL(flock),
	CALL(copy_file_range), CALL(setxattr), CALL(lsetxattr), CALL(fsetxattr), CALL(getxattr),
	CALL(lgetxattr), CALL(fgetxattr), CALL(listxattr), CALL(llistxattr), CALL(flistxattr),
	CALL(removexattr), CALL(lremovexattr), CALL(fremovexattr), CALL(prlimit64), CALL(dup3),
	CALL(fsync), CALL(sendfile), CALL(getpid), CALL(chroot),
};

struct argument { char kind; long value; uint32_t length; };

static int slots[SLOTS];

static void take(void *to, size_t length)
{
	if (fread(to, 1, length, stdin) != length) exit(0);
}

static long become(const struct argument *argument)
{
	if (setresuid(0, 0, 0)) return -errno;
	long error = setgroups(argument[2].length / sizeof(gid_t), (gid_t *) argument[2].value);
	if (!error) error = setresgid(argument[1].value, argument[1].value, 0);
	if (!error) error = setresuid(argument[0].value, argument[0].value, 0);
	return error ? -errno : 0;
}

static long perform(const char *name, const struct argument *argument)
{
	if (!strcmp(name, "become")) return become(argument);
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (strcmp(name, calls[i].name)) continue;
		long result = syscall(calls[i].number, argument[0].value, argument[1].value, argument[2].value,
			argument[3].value, argument[4].value, argument[5].value);
		return result < 0 ? -errno : result;
	}
	fprintf(stderr, "oracle: %s is not in the table\n", name);
	exit(2);
}

static void argument(struct argument *into)
{
	uint8_t slot;
	take(&into->kind, 1);
	switch (into->kind) {
	case 'i':
		take(&into->value, 8);
		return;
	case 'r':
		take(&slot, 1);
		into->value = slots[slot];
		return;
	}
	take(&into->length, 4);
	char *bytes = calloc(1, into->length + 1);
	if (into->kind != 'o') take(bytes, into->length);
	into->value = (long) bytes;
}

static void request(uint8_t length)
{
	char name[256] = "";
	struct argument arguments[ARGUMENTS] = { 0 };
	uint8_t slot, count;
	take(name, length);
	take(&slot, 1);
	take(&count, 1);
	for (int i = 0; i < count; i++) argument(&arguments[i]);
	long result;
	if (!strcmp(name, "drop")) {
		result = close(slots[slot]) ? -errno : 0;
		slots[slot] = -1;
	} else {
		result = perform(name, arguments);
		if (slot < SLOTS && result >= 0) slots[slot] = result;
	}
	fwrite(&result, 8, 1, stdout);
	for (int i = 0; i < count; i++) {
		if (!arguments[i].length && arguments[i].kind != 's' && arguments[i].kind != 'o') continue;
		if (arguments[i].kind != 's') fwrite((void *) arguments[i].value, 1, arguments[i].length, stdout);
		free((void *) arguments[i].value);
	}
}

int main(int argc, char **argv)
{
	if (argc != 2 || chdir(argv[1]) || chroot(".")) {
		perror("oracle");
		return 1;
	}
	signal(SIGXFSZ, SIG_IGN);
	umask(022);
	setvbuf(stdout, NULL, _IOFBF, OUTPUT);
	memset(slots, -1, sizeof slots);
	for (;;) {
		uint8_t length;
		take(&length, 1);
		if (length) request(length);
		else fflush(stdout);
	}
}
