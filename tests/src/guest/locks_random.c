// Random record locks of several processes and open files, against a model in this program: what is granted, what
// waits, who goes on when, deadlocks, interrupted waits, closed descriptors, killed processes.
#include "check.h"
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>

enum { WORKERS = 4, OWNERS = 2 * WORKERS, BYTES = 24, STEPS = 8000 };

struct command { int what, type, start, length, ofd; };
struct reply { int result, error, type; };

static pid_t pids[WORKERS];
static int to[WORKERS], from[WORKERS];

// The model: what each owner has on each byte, and what a worker waits for. Owner 2w is process w, 2w + 1 its open file.
static char held[OWNERS][BYTES];
static struct command waiting[WORKERS];
static int waits[WORKERS];

static unsigned long long seed = 12345;
static int any(int below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (seed >> 33) % below;
}

static void interrupted(int sig) {}

static void worker(int in, int out)
{
	int file = open("file", O_RDWR), own = open("file", O_RDWR);
	struct command c;
	for (int got; (got = read(in, &c, sizeof c)) == sizeof c || got < 0 && errno == EINTR; ) {
		if (got < 0) continue;
		struct flock l = { .l_type = c.type, .l_whence = SEEK_SET, .l_start = c.start, .l_len = c.length };
		struct reply r = { 0 };
		if (c.what == 'c') {
			close(open("file", O_RDONLY));
		} else {
			int command = c.what == 's' ? c.ofd ? F_OFD_SETLK : F_SETLK
				: c.what == 'w' ? c.ofd ? F_OFD_SETLKW : F_SETLKW
				: c.ofd ? F_OFD_GETLK : F_GETLK;
			r.result = fcntl(c.ofd ? own : file, command, &l);
			r.error = r.result < 0 ? errno : 0;
			r.type = l.l_type;
		}
		write(out, &r, sizeof r);
	}
	_exit(0);
}

static void start(int w)
{
	int in[2], out[2];
	pipe2(in, O_CLOEXEC);
	pipe2(out, O_CLOEXEC);
	pids[w] = fork();
	if (!pids[w]) {
		for (int i = 0; i < WORKERS; i++) if (to[i]) close(to[i]), close(from[i]);
		close(in[1]);
		close(out[0]);
		worker(in[0], out[1]);
	}
	close(in[0]);
	close(out[1]);
	to[w] = in[1];
	from[w] = out[0];
}

static struct reply answer(int w)
{
	struct reply r = { -2 };
	read(from[w], &r, sizeof r);
	return r;
}

// Returns once a worker has taken its command and sleeps: then it waits for its lock.
static void await_worker(int w)
{
	char path[40], state;
	snprintf(path, sizeof path, "/proc/%d/stat", pids[w]);
	for (int left = 1; ; sched_yield()) {
		ioctl(to[w], FIONREAD, &left);
		FILE *f = left ? 0 : fopen(path, "r");
		if (!f) continue;
		fscanf(f, "%*d (%*[^)]) %c", &state);
		fclose(f);
		if (state == 'S') return;
	}
}

// Until it answers: the first signal may come before it waits.
static void interrupt(int w)
{
	struct pollfd p = { from[w], POLLIN, 0 };
	do kill(pids[w], SIGUSR1); while (!poll(&p, 1, 5));
}

static int end(const struct command *c)
{
	return c->length ? c->start + c->length : BYTES;
}

// The bits of the owners with whose locks a request conflicts.
static int against(int owner, const struct command *c)
{
	int set = 0;
	for (int o = 0; o < OWNERS; o++) if (o != owner)
		for (int i = c->start; i < end(c); i++)
			if (held[o][i] == 2 || held[o][i] == 1 && c->type == F_WRLCK) set |= 1 << o;
	return set;
}

static void grant(int owner, const struct command *c)
{
	for (int i = c->start; i < end(c); i++) held[owner][i] = c->type == F_UNLCK ? 0 : c->type == F_WRLCK ? 2 : 1;
}

static int owner_of(int w, const struct command *c)
{
	return 2 * w + c->ofd;
}

// Whether a request touches one that waits, so that it is not said who comes first.
static int meets_a_wait(int w, const struct command *c)
{
	for (int o = 0; o < WORKERS; o++) if (o != w && waits[o] && c->type != F_UNLCK
		&& c->start < end(&waiting[o]) && waiting[o].start < end(c)) return 1;
	return 0;
}

// Whether process w would wait for itself, through others. Open files do not wait here: systems differ in what they see
// of them.
static int deadlock(int w, int conflicts)
{
	for (int depth = 0; depth < WORKERS; depth++) {
		int o = __builtin_ctz(conflicts);
		if (o & 1 || !waits[o / 2]) return 0;
		conflicts = against(o, &waiting[o / 2]);
		if (!conflicts) return 0;
		if (conflicts >> 2 * w & 1) return 1;
	}
	return 0;
}

static long count[8];
static unsigned sum;

static void expect(int step, const char *what, int w, struct reply got, int result, int error)
{
	sum = sum * 31 + got.result * 7 + got.error;
	if (got.result != result || got.error != error)
		say("step %d: %s of %d: %d %s instead of %d %s\n", step, what, w, got.result, strerror(got.error), result, strerror(error));
}

// Everybody whose request no longer conflicts goes on, and everybody else waits.
static void settle(int step)
{
	for (int again = 1; again; ) {
		again = 0;
		for (int w = 0; w < WORKERS; w++) if (waits[w] && !against(owner_of(w, &waiting[w]), &waiting[w])) {
			expect(step, "wait", w, answer(w), 0, 0);
			grant(owner_of(w, &waiting[w]), &waiting[w]);
			waits[w] = 0;
			again = 1;
			count[0]++;
		}
	}
	// Until they wait, for the first time or once more after they were woken in vain, the system sees no deadlock with them.
	for (int w = 0; w < WORKERS; w++) if (waits[w]) await_worker(w);
}

int main(void)
{
	alarm(110);
	int f = creat("file", 0600);
	ftruncate(f, BYTES);
	close(f);
	on_signal(SIGUSR1, interrupted, 0);
	for (int w = 0; w < WORKERS; w++) start(w);
	for (int step = 0; step < STEPS; step++) {
		int w = any(WORKERS);
		if (waits[w]) {
			int what = any(60);
			if (what < 4) {
				interrupt(w);
				expect(step, "interrupted wait", w, answer(w), -1, EINTR);
				waits[w] = 0;
				count[1]++;
			} else if (what == 4) {
				goto killed;
			}
			continue;
		}
		struct command c = { "sswwwwwwwgc"[any(11)], any(9), any(BYTES), any(7), any(5) == 0 };
		c.type = c.type < 2 ? F_RDLCK : c.type < 7 ? F_WRLCK : F_UNLCK;
		if (c.start + c.length >= BYTES) c.length = 0; // as the model has it: no byte behind the last
		if (c.what == 'w') c.ofd = 0;
		int owner = owner_of(w, &c);
		if (any(200) == 0) {
		killed:
			kill(pids[w], SIGKILL);
			waitpid(pids[w], 0, 0);
			close(to[w]);
			close(from[w]);
			to[w] = 0;
			memset(held[2 * w], 0, 2 * BYTES);
			waits[w] = 0;
			start(w);
			count[2]++;
			settle(step);
			continue;
		}
		if (c.what == 'g' && c.type == F_UNLCK) continue;
		if (c.what != 'g' && c.what != 'c' && meets_a_wait(w, &c)) continue;
		int conflicts = c.type == F_UNLCK ? 0 : against(owner, &c);
		// A wait for several at once is answered by the first that the system finds: leave that open.
		if (c.what == 'w' && conflicts & conflicts - 1) continue;
		write(to[w], &c, sizeof c);
		switch (c.what) {
		case 'c':
			expect(step, "close", w, answer(w), 0, 0);
			memset(held[2 * w], 0, BYTES);
			break;
		case 'g': {
			struct reply r = answer(w);
			if ((r.type != F_UNLCK) != (conflicts != 0)) say("step %d: %d is told %d\n", step, w, r.type);
			count[3]++;
			break;
		}
		case 's':
			expect(step, "set", w, answer(w), conflicts ? -1 : 0, conflicts ? EAGAIN : 0);
			if (!conflicts) grant(owner, &c);
			count[conflicts ? 4 : 5]++;
			break;
		default:
			if (!conflicts) {
				expect(step, "set", w, answer(w), 0, 0);
				grant(owner, &c);
			} else if (deadlock(w, conflicts)) {
				expect(step, "deadlock", w, answer(w), -1, EDEADLK);
				count[6]++;
			} else {
				waits[w] = 1;
				waiting[w] = c;
				count[7]++;
			}
		}
		settle(step);
	}
	say("%ld went on, %ld interrupted, %ld killed, %ld asked, %ld refused, %ld granted, %ld deadlocks, %ld waited; %x\n",
		count[0], count[1], count[2], count[3], count[4], count[5], count[6], count[7], sum);
	for (int w = 0; w < WORKERS; w++) kill(pids[w], SIGKILL);
	return 0;
}
