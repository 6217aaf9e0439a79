/* Every advice about every kind of mapping. */
#include "mapping.h"

static const struct {
	const char *name;
	int advice;
} advices[] = {{"NORMAL", 0}, {"RANDOM", 1}, {"SEQUENTIAL", 2}, {"WILLNEED", 3}, {"DONTNEED", 4}, {"5", 5}, {"7", 7},
	{"FREE", 8}, {"REMOVE", 9}, {"DONTFORK", 10}, {"DOFORK", 11}, {"DONTDUMP", 16}, {"DODUMP", 17}, {"WIPEONFORK", 18},
	{"KEEPONFORK", 19}, {"COLD", 20}, {"PAGEOUT", 21}, {"POPULATE_READ", 22}, {"POPULATE_WRITE", 23},
	{"DONTNEED_LOCKED", 24}, {"77", 77}, {"-1", -1}};

static void advise(const char *kind, char *at, size_t length)
{
	say("%s\n", kind);
	for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
		errno = 0;
		int result = madvise(at, length, advices[i].advice);
		say("  %s: %d %s\n", advices[i].name, result, result ? strerror(errno) : "");
	}
}

int main(void)
{
	int fd = lettered("file", 2 * PAGE), reading = open("file", O_RDONLY);
	int rw = PROT_READ | PROT_WRITE;
	advise("own", pages(2), 2 * PAGE);
	char *locked = pages(2);
	mlock(locked, 2 * PAGE);
	advise("locked", locked, 2 * PAGE);
	advise("own to read", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), PAGE);
	advise("own to write", mmap(NULL, PAGE, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), PAGE);
	advise("protected", mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), PAGE);
	advise("shared", mmap(NULL, PAGE, rw, MAP_SHARED | MAP_ANONYMOUS, -1, 0), PAGE);
	advise("private file", mmap(NULL, 2 * PAGE, rw, MAP_PRIVATE, fd, 0), 2 * PAGE);
	advise("private file beyond its end", mmap(NULL, 2 * PAGE, rw, MAP_PRIVATE, fd, PAGE), 2 * PAGE);
	advise("file that is only read", mmap(NULL, PAGE, PROT_READ, MAP_SHARED, reading, 0), PAGE);
	advise("file to be read", mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0), PAGE);
	advise("file", mmap(NULL, 2 * PAGE, rw, MAP_SHARED, fd, 0), 2 * PAGE);
	advise("file beyond its end", mmap(NULL, 2 * PAGE, rw, MAP_SHARED, fd, PAGE), 2 * PAGE);
	char *p = pages(6);
	munmap(p + 2 * PAGE, PAGE);
	advise("over a hole", p + PAGE, 4 * PAGE);
	advise("nothing", p + 2 * PAGE, PAGE);
	advise("no length", p, 0);
	advise("unaligned", p + 1, PAGE);
	advise("around the end", p, (size_t)-PAGE);
	advise("length that wraps", p, (size_t)-1);
	return 0;
}
