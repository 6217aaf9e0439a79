/* Random record locks and flock of two processes through five open files, owned by processes and by open files: what is
 * granted, and which lock of several F_GETLK finds; between them descriptors are closed and children ask. */
#include "check.h"
#include <sys/file.h>

#ifndef F_OFD_GETLK
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#endif

enum { REOPEN = 1000, WHOLE, DUPLICATE, BY_CHILD, CUT };

struct request { int which, command, type; long start, length; };

static int requests[2], answers[2];
static unsigned long long state = 99;

static unsigned next(unsigned below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned) (state >> 33) % below;
}

/* 0, less an error; what F_GETLK found. */
static long lock(int file, int command, int type, long start, long length)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
	if (fcntl(file, command, &lock)) return -errno;
	if (command != F_GETLK && command != F_OFD_GETLK) return 0;
	return lock.l_type == F_UNLCK ? 1 : 2000000 + lock.l_type * 100000 + lock.l_start * 100 + lock.l_len;
}

static long whole(int file, int operation)
{
	return flock(file, operation) ? -errno : 0;
}

static long by_child(int file, struct request *is)
{
	pid_t child = fork();
	if (child == 0) {
		long result = lock(file, is->type, F_WRLCK, is->start, is->length);
		_exit(result == 1 ? 1 : result < 0 ? -result : result == 0 ? 0 : 99);
	}
	int status;
	waitpid(child, &status, 0);
	return WEXITSTATUS(status);
}

/* The other process: does what it is asked to, with open files of its own. */
static void other(void)
{
	int files[3];
	struct request is;
	for (int i = 0; i < 3; i++) files[i] = open("f", i == 2 ? O_RDONLY : O_RDWR);
	while (read(requests[0], &is, sizeof is) == sizeof is) {
		long result;
		int *file = &files[is.which];
		switch (is.command) {
		case REOPEN: result = close(*file); *file = open("f", O_RDWR); break;
		case WHOLE: result = whole(*file, is.type); break;
		case DUPLICATE: result = close(dup(*file)); break;
		case BY_CHILD: result = by_child(*file, &is); break;
		case CUT: result = ftruncate(*file, is.start); break;
		default: result = lock(*file, is.command, is.type, is.start, is.length);
		}
		write(answers[1], &result, sizeof result);
	}
	_exit(0);
}

static long ask(int which, int command, int type, long start, long length)
{
	struct request request = { which, command, type, start, length };
	long result = -1;
	write(requests[1], &request, sizeof request);
	read(answers[0], &result, sizeof result);
	return result;
}

static void record_locks(int first, int second)
{
	for (int i = 0; i < 4000; i++) {
		int type = next(3), who = next(6), get = next(4) == 0;
		long start = next(30), length = next(12), result;
		int own = get ? F_GETLK : F_SETLK, of_file = get ? F_OFD_GETLK : F_OFD_SETLK;
		if (get && type == F_UNLCK) type = F_WRLCK;
		switch (who) {
		case 0: result = lock(first, own, type, start, length); break;
		case 1: result = ask(0, own, type, start, length); break;
		case 2: result = lock(first, of_file, type, start, length); break;
		case 3: result = lock(second, of_file, type, start, length); break;
		case 4: result = ask(0, of_file, type, start, length); break;
		default: result = ask(1, of_file, type, start, length);
		}
		say("%d: %d %s %d %ld+%ld: %ld\n", i, who, get ? "get" : "set", type, start, length, result);
		switch (next(120)) {
		case 0: say("reopened: %ld\n", ask(0, REOPEN, 0, 0, 0)); break;
		case 1: say("duplicate closed: %ld\n", ask(1, DUPLICATE, 0, 0, 0)); break;
		case 2: say("another opened and closed: %d\n", close(open("f", O_RDONLY))); break;
		case 3: say("a child locks: %ld\n", ask(0, BY_CHILD, F_SETLK, start, length)); break;
		case 4: say("a child asks: %ld\n", ask(0, BY_CHILD, F_GETLK, start, length)); break;
		case 5: say("cut: %ld\n", ask(0, CUT, 0, start, 0)); break;
		}
	}
}

static void whole_files(int first, int second)
{
	static const int operations[] = { LOCK_SH | LOCK_NB, LOCK_EX | LOCK_NB, LOCK_UN };
	for (int i = 0; i < 1500; i++) {
		int operation = operations[next(3)], who = next(4);
		long result = who == 0 ? whole(first, operation) : who == 1 ? whole(second, operation)
				: ask(who - 2, WHOLE, operation, 0, 0);
		say("%d: %d flock %d: %ld\n", i, who, operation, result);
		switch (next(60)) {
		case 0: say("reopened: %ld\n", ask(0, REOPEN, 0, 0, 0)); break;
		case 1: say("record lock: %ld\n", lock(first, F_SETLK, F_WRLCK, 0, 0)); break;
		case 2: say("record lock of the other: %ld\n", ask(1, F_SETLK, F_WRLCK, 5, 5)); break;
		case 3: say("none: %ld\n", lock(first, F_SETLK, F_UNLCK, 0, 0)); break;
		}
	}
}

static void many(int file)
{
	ask(0, F_SETLK, F_UNLCK, 0, 0);
	for (int i = 0; i < 3000; i++) {
		if (lock(file, F_SETLK, i & 1 ? F_RDLCK : F_WRLCK, i * 2, 1)) say("not %d\n", i);
	}
	say("one of many: %ld\n", ask(0, F_GETLK, F_WRLCK, 5000, 1));
	say("shared: %ld\n", ask(0, F_SETLK, F_RDLCK, 2, 1));
	say("between: %ld\n", ask(0, F_SETLK, F_RDLCK, 1, 1));
	say("all: %ld\n", lock(file, F_SETLK, F_WRLCK, 0, 0));
	ask(0, F_SETLK, F_UNLCK, 0, 0);
	say("all now: %ld\n", lock(file, F_SETLK, F_WRLCK, 0, 0));
	rename("f", "g");
	unlink("g");
	say("of a file without a name: %ld\n", ask(1, F_GETLK, F_RDLCK, 0, 0));
}

int main(void)
{
	go_to_memory();
	int first = open("f", O_RDWR | O_CREAT, 0666), second = open("f", O_RDWR);
	pipe(requests);
	pipe(answers);
	if (fork() == 0) {
		close(requests[1]);
		close(first);
		close(second);
		other();
	}
	close(requests[0]);
	record_locks(first, second);
	lock(first, F_SETLK, F_UNLCK, 0, 0);
	lock(first, F_OFD_SETLK, F_UNLCK, 0, 0);
	lock(second, F_OFD_SETLK, F_UNLCK, 0, 0);
	for (int i = 0; i < 3; i++) ask(i, REOPEN, 0, 0, 0);
	whole_files(first, second);
	many(first);
	return 0;
}
