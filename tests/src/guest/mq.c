// POSIX message queues: names, attributes, priorities, waiting, time limits, poll, notices, errors.
#include "check.h"
#include <mqueue.h>
#include <poll.h>

static mqd_t queue;
static char name[64], buffer[8192];

static void put(const char *what, const char *text, unsigned priority)
{
	told(what, mq_send(queue, text, strlen(text), priority));
}

static void get(const char *what)
{
	unsigned priority = 77;
	ssize_t got = mq_receive(queue, buffer, sizeof buffer, &priority);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: '%.*s' %u\n", what, (int)got, buffer, priority);
}

static void attributes(const char *what)
{
	struct mq_attr a;
	if (mq_getattr(queue, &a)) told(what, -1);
	else say("%s: flags %lo, %ld of %ld, %ld bytes\n", what, a.mq_flags, a.mq_curmsgs, a.mq_maxmsg, a.mq_msgsize);
}

static struct timespec in_ms(int milliseconds)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += milliseconds % 1000 * 1000000L;
	t.tv_sec += milliseconds / 1000 + t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static volatile siginfo_t seen;
static volatile int count;
static void noticed(int sig, siginfo_t *info, void *context)
{
	seen = *info;
	count++;
}

static void nothing(int sig) {}

int main(void)
{
	snprintf(name, sizeof name, "/javix-test-%d", getpid());
	struct mq_attr small = { .mq_maxmsg = 3, .mq_msgsize = 16 }, bad = { .mq_maxmsg = 0, .mq_msgsize = 16 };
	told("none", mq_open(name, O_RDWR));
	told("no messages", mq_open(name, O_RDWR | O_CREAT, 0600, &bad));
	bad = (struct mq_attr) { .mq_maxmsg = 3, .mq_msgsize = -1 };
	told("negative size", mq_open(name, O_RDWR | O_CREAT, 0600, &bad));
	bad = (struct mq_attr) { .mq_maxmsg = 1 << 20, .mq_msgsize = 8 };
	told("too many", mq_open(name, O_RDWR | O_CREAT, 0600, &bad));
	queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0666, 0);
	say("default %d, close on exec %d\n", queue >= 0, fcntl(queue, F_GETFD));
	attributes("default");
	struct stat st;
	fstat(queue, &st);
	say("mode %o size %d owner %d\n", st.st_mode, (int)st.st_size, st.st_uid == geteuid());
	told("exclusive", mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, 0));
	mq_close(queue);
	told("closed", mq_getattr(queue, &small));
	told("unlink", mq_unlink(name));
	told("again", mq_unlink(name));

	queue = mq_open(name, O_RDWR | O_CREAT | O_NONBLOCK, 0600, &small);
	attributes("small");
	get("empty");
	put("low", "low", 1);
	put("high", "high", 32767);
	put("low", "low again", 1);
	put("full", "x", 0);
	put("priority", "x", 32768);
	put("long", "more than 16 bytes", 0);
	attributes("full");
	struct pollfd p = { queue, POLLIN | POLLOUT, 0 };
	poll(&p, 1, 0);
	say("poll %x\n", p.revents);
	told("small buffer", mq_receive(queue, buffer, 15, 0));
	get("first");
	poll(&p, 1, 0);
	say("poll %x\n", p.revents);
	get("second");
	get("third");
	poll(&p, 1, 0);
	say("poll %x\n", p.revents);
	put("empty message", "", 5);
	get("empty message");
	int n = read(queue, buffer, sizeof buffer);
	say("status %d '%.*s'\n", n, 6, buffer);
	told("write", write(queue, "x", 1));

	struct mq_attr old, new = { .mq_flags = 0, .mq_maxmsg = 99 };
	told("set", mq_setattr(queue, &new, &old));
	say("was %lo\n", old.mq_flags);
	attributes("blocking");
	new.mq_flags = O_APPEND;
	told("other flags", mq_setattr(queue, &new, 0));

	// Waiting: time limits, another process, a signal.
	struct timespec t = in_ms(40), wrong = { 0, -1 }, past = { 1, 0 };
	told("receive in time", mq_timedreceive(queue, buffer, sizeof buffer, 0, &t));
	told("receive, past", mq_timedreceive(queue, buffer, sizeof buffer, 0, &past));
	told("receive, wrong time", mq_timedreceive(queue, buffer, sizeof buffer, 0, &wrong));
	pid_t child = fork();
	if (!child) {
		ssize_t got = mq_receive(queue, buffer, sizeof buffer, 0);
		_exit(got == 5 && !memcmp(buffer, "hello", 5) ? 0 : 1);
	}
	await_sleep(child);
	put("to child", "hello", 3);
	reap("receiver", child);
	for (int i = 0; i < 3; i++) put("fill", "abc" + i, 0);
	t = in_ms(40);
	told("send in time", mq_timedsend(queue, "x", 1, 0, &t));
	told("send, past", mq_timedsend(queue, "x", 1, 0, &past));
	child = fork();
	if (!child) _exit(mq_send(queue, "late", 4, 9) ? 1 : 0);
	await_sleep(child);
	get("makes room");
	reap("sender", child);
	get("the late one");
	get("then");
	get("last");
	on_signal(SIGALRM, nothing, 0);
	child = signal_in_sleep(SIGALRM);
	get("interrupted");
	waitpid(child, 0, 0);

	// Notices.
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 42 };
	struct sigaction action = { .sa_sigaction = noticed, .sa_flags = SA_SIGINFO };
	sigaction(SIGUSR1, &action, 0);
	told("notify", mq_notify(queue, &event));
	told("twice", mq_notify(queue, &event));
	child = fork();
	if (!child) {
		int r = mq_notify(queue, &event) < 0 && errno == EBUSY;
		mq_notify(queue, 0);
		_exit(r && !mq_send(queue, "a", 1, 0) ? 0 : 1);
	}
	reap("child", child);
	while (!count) sleep_ms(5);
	say("noticed %d code %d value %d from child %d\n", count, seen.si_code, seen.si_value.sival_int, seen.si_pid == child);
	put("not empty", "b", 0);
	told("notify again", mq_notify(queue, &event));
	put("still not empty", "c", 0);
	say("not noticed %d\n", count);
	told("take back", mq_notify(queue, 0));
	get("a");
	get("b");
	get("c");
	put("taken back", "d", 0);
	say("not noticed %d\n", count);
	get("d");
	told("notify", mq_notify(queue, &event));
	mqd_t second = mq_open(name, O_WRONLY);
	mq_close(second);
	put("closed", "e", 0);
	say("a close takes it back %d\n", count);
	get("e");
	event.sigev_notify = 99;
	told("wrong kind", mq_notify(queue, &event));
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = 65;
	told("wrong signal", mq_notify(queue, &event));
	event.sigev_notify = SIGEV_NONE;
	told("none", mq_notify(queue, &event));
	told("no queue", mq_notify(0, 0));

	// Access modes, permissions, names.
	mqd_t reader = mq_open(name, O_RDONLY), writer = mq_open(name, O_WRONLY);
	told("send by a reader", mq_send(reader, "x", 1, 0));
	told("receive by a writer", mq_receive(writer, buffer, sizeof buffer, 0));
	told("not a queue", mq_send(0, "x", 1, 0));
	told("empty name", mq_open("/", O_RDWR));
	told("two slashes", mq_open("/a/b", O_RDWR | O_CREAT, 0600, 0));
	told("dot", mq_open("/.", O_RDWR | O_CREAT, 0600, 0));
	char large[300];
	memset(large, 'x', sizeof large);
	large[0] = '/';
	large[299] = 0;
	told("long name", mq_open(large, O_RDWR | O_CREAT, 0600, 0));
	told("unlink long name", mq_unlink(large));
	if (getuid() == 0) {
		child = fork();
		if (!child) {
			setgid(12345);
			setuid(12345);
			told("denied", mq_open(name, O_RDONLY));
			told("unlink denied", mq_unlink(name));
			_exit(0);
		}
		reap("user", child);
	}
	told("unlink", mq_unlink(name));
	put("without a name", "f", 2);
	get("without a name");
	told("gone", mq_open(name, O_RDWR));
	return 0;
}
