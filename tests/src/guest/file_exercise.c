/* Random reads, writes, changes of length, mappings, holes and copies of one file through several descriptors, each checked
 * against a copy in memory. Says the length, the blocks and a sum of the content now and then. */
#include "check.h"
#include <stdint.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

#define MOST 300000
#define CALLS 6000
#define NAME "exercised"

static unsigned char model[2 * MOST], bytes[2 * MOST], others[2 * MOST];
static long length;
static int files[3];
static uint64_t state;
static int number;

static unsigned next(unsigned below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned) (state >> 33) % below;
}

static void wrong(const char *what, long at)
{
	say("call %d: %s is wrong at %ld\n", number, what, at);
	_exit(1);
}

static void must(const char *what, long result, long wanted)
{
	if (result != wanted) {
		say("call %d: %s gave %ld (%s) and not %ld\n", number, what, result, result < 0 ? strerror(errno) : "", wanted);
		_exit(1);
	}
}

static void compare(const char *what, const unsigned char *found, long at, long count)
{
	for (long i = 0; i < count; i++) if (found[i] != model[at + i]) wrong(what, at + i);
}

static void fill(long count)
{
	unsigned char byte = 1 + next(255);
	for (long i = 0; i < count; i++) bytes[i] = byte + i % 7;
}

/* The model's length becomes at least this; what is between is zeros already. */
static void grow(long end)
{
	if (end > length) length = end;
}

static void cut(long end)
{
	if (end < length) memset(model + end, 0, length - end);
	length = end;
}

static long span(long at)
{
	long most = MOST - at;
	if (next(3)) most = most < 9000 ? most : 9000;
	return most > 0 ? next(most) : 0;
}

static void one_call(void)
{
	int file = files[next(3)], other = files[next(3)];
	long at = next(4) ? next(length + 1) : next(MOST), count = span(at), kept;
	if (next(4) == 0) at &= ~4095L, count = (count + 4095) & ~4095L;
	if (at + count > MOST) count = MOST - at;
	switch (next(16)) {
	case 0:
		must("lseek", lseek(file, at, SEEK_SET), at);
		kept = at >= length ? 0 : count < length - at ? count : length - at;
		must("read", read(file, bytes, count), kept);
		compare("read", bytes, at, kept);
		break;
	case 1: case 2: {
		struct iovec parts[2] = {{bytes, count / 3}, {bytes + count / 3, count - count / 3}};
		kept = at >= length ? 0 : count < length - at ? count : length - at;
		must("preadv", preadv(file, parts, 2, at), kept);
		compare("preadv", bytes, at, kept);
		break;
	}
	case 3: case 4:
		fill(count);
		must("lseek", lseek(file, at, SEEK_SET), at);
		must("write", write(file, bytes, count), count);
		must("position", lseek(file, 0, SEEK_CUR), at + count);
		memcpy(model + at, bytes, count);
		if (count) grow(at + count);
		break;
	case 5: {
		fill(count);
		struct iovec parts[3] = {{bytes, count / 2}, {bytes, 0}, {bytes + count / 2, count - count / 2}};
		must("pwritev", pwritev(file, parts, 3, at), count);
		memcpy(model + at, bytes, count);
		if (count) grow(at + count);
		break;
	}
	case 6:
		must("ftruncate", next(2) ? ftruncate(file, at) : truncate(NAME, at), 0);
		cut(at);
		break;
	case 7:
		if (count == 0) break;
		must("punching", fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, count), 0);
		memset(model + at, 0, count);
		break;
	case 8:
		if (count == 0) break;
		kept = next(2);
		must("fallocate", fallocate(file, kept ? FALLOC_FL_KEEP_SIZE : 0, at, count), 0);
		if (!kept) grow(at + count);
		break;
	case 9: case 10: {
		if (length == 0) break;
		long first = at & ~4095L;
		if (first >= length) break;
		long mapped = length - first < 70000 ? length - first : 70000;
		unsigned char *map = mmap(0, mapped, PROT_READ | PROT_WRITE, MAP_SHARED, file, first);
		must("mmap", map == MAP_FAILED ? -1 : 0, 0);
		compare("mapping", map, first, mapped);
		if (next(2)) {
			long inside = next(mapped), some = next(mapped - inside + 1);
			fill(some);
			memcpy(map + inside, bytes, some);
			memcpy(model + first + inside, bytes, some);
			if (next(2)) must("msync", msync(map, mapped, MS_SYNC), 0);
		}
		must("munmap", munmap(map, mapped), 0);
		break;
	}
	case 11: {
		if (length == 0) break;
		long from = next(length);
		kept = count < length - from ? count : length - from;
		if (at < from ? at + kept > from : from + kept > at) {
			off_t in = from, out = at;
			long result = copy_file_range(file, &in, other, &out, count, 0);
			if (result >= 0 || errno != EINVAL) wrong("an overlapping copy", at);
			break;
		}
		off_t in = from, out = at;
		must("copy_file_range", copy_file_range(file, &in, other, &out, count, 0), kept);
		must("positions", in - from + out - at, 2 * kept);
		memmove(model + at, model + from, kept);
		if (kept) grow(at + kept);
		break;
	}
	case 12: {
		int copy = memfd_create("copy", 0);
		off_t from = at;
		kept = at >= length ? 0 : count < length - at ? count : length - at;
		must("sendfile", sendfile(copy, file, &from, count), kept);
		must("what was sent", pread(copy, others, sizeof others, 0), kept);
		compare("sendfile", others, at, kept);
		close(copy);
		break;
	}
	case 13: {
		struct stat status;
		must("fstat", fstat(file, &status), 0);
		must("length", status.st_size, length);
		/* All that is a hole reads as zeros. */
		for (off_t hole = lseek(file, 0, SEEK_HOLE); hole < length; ) {
			off_t data = lseek(file, hole, SEEK_DATA);
			if (data < 0) data = length;
			for (long i = hole; i < data; i++) if (model[i]) wrong("a hole", i);
			if (data == length) break;
			hole = lseek(file, data, SEEK_HOLE);
		}
		break;
	}
	case 14: {
		int which = next(3);
		must("fsync", fsync(files[which]), 0);
		close(files[which]);
		files[which] = open(NAME, O_RDWR);
		must("open", files[which] < 0, 0);
		break;
	}
	case 15: {
		if (length + count > MOST) break;
		int append = open(NAME, O_WRONLY | O_APPEND);
		fill(count);
		must("append", write(append, bytes, count), count);
		memcpy(model + length, bytes, count);
		length += count;
		close(append);
		break;
	}
	}
}

int main(void)
{
	go_to_memory();
	for (int seed = 1; seed <= 3; seed++) {
		state = seed * 7777;
		length = 0;
		memset(model, 0, sizeof model);
		for (int i = 0; i < 3; i++) files[i] = open(NAME, O_RDWR | O_CREAT, 0600);
		for (number = 1; number <= CALLS; number++) {
			one_call();
			if (number % 250 == 0) {
				struct stat status;
				fstat(files[0], &status);
				must("reading all", pread(files[1], bytes, sizeof bytes, 0), length);
				compare("all", bytes, 0, length);
				unsigned sum = 0;
				for (long i = 0; i < length; i++) sum = sum * 31 + model[i];
				say("%d calls: length %ld, blocks %ld, sum %x\n", number, length, (long) status.st_blocks, sum);
			}
		}
		for (int i = 0; i < 3; i++) close(files[i]);
		unlink(NAME);
	}
	return 0;
}
