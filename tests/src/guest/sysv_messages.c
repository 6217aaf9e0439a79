// System V message queues: keys, types, flags, waiting in both directions, removal, permissions, status.
#include "check.h"
#include <sys/ipc.h>
#include <sys/msg.h>

#ifndef MSG_EXCEPT
#define MSG_EXCEPT 020000
#endif

struct message { long type; char text[64]; };

static int queue;

static void put(long type, const char *text)
{
	struct message m = { type };
	strcpy(m.text, text);
	told("send", msgsnd(queue, &m, strlen(text), IPC_NOWAIT));
}

static void get(const char *what, long type, size_t room, int flags)
{
	struct message m = { 0 };
	ssize_t got = msgrcv(queue, &m, room, type, flags);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld '%.*s'\n", what, m.type, (int)got, m.text);
}

static void nothing(int sig) {}

int main(void)
{
	close(creat("file", 0600));
	key_t key = ftok("file", 'x');
	told("none", msgget(key, 0));
	queue = msgget(key, IPC_CREAT | IPC_EXCL | 0640);
	say("made %d\n", queue >= 0);
	told("exclusive", msgget(key, IPC_CREAT | IPC_EXCL | 0600));
	say("same %d %d\n", msgget(key, IPC_CREAT | 0600) == queue, msgget(key, 0) == queue);
	int other = msgget(IPC_PRIVATE, 0600);
	say("private %d\n", other != queue && other != msgget(IPC_PRIVATE, 0600));

	struct msqid_ds ds;
	told("stat", msgctl(queue, IPC_STAT, &ds));
	say("mode %o owner %d key %d empty %d %d bytes %d pids %d %d times %d %d %d\n", ds.msg_perm.mode,
		ds.msg_perm.uid == geteuid() && ds.msg_perm.cgid == getegid(), *(key_t *)&ds.msg_perm == key,
		(int)ds.msg_qnum, (int)ds.msg_cbytes, (int)ds.msg_qbytes, ds.msg_lspid, ds.msg_lrpid,
		(int)ds.msg_stime, (int)ds.msg_rtime, ds.msg_ctime > 1600000000);

	get("empty", 0, 64, IPC_NOWAIT);
	put(3, "three");
	put(1, "one");
	put(2, "two");
	put(1, "uno");
	put(5, "five");
	put(4, "");
	get("first", 0, 64, 0);
	get("of type 2", 2, 64, 0);
	get("at most 4", -4, 64, 0);
	get("not 1", 1, 64, MSG_EXCEPT);
	get("none of type 9", 9, 64, IPC_NOWAIT);
	get("too long", 1, 2, 0);
	get("cut", 1, 2, MSG_NOERROR);
	get("without text", 0, 0, 0);
	get("empty again", -100, 64, IPC_NOWAIT);

	msgctl(queue, IPC_STAT, &ds);
	say("pids %d %d times %d %d\n", ds.msg_lspid == getpid(), ds.msg_lrpid == getpid(), ds.msg_stime > 0, ds.msg_rtime > 0);

	struct message m = { 0, "x" };
	told("type 0", msgsnd(queue, &m, 1, 0));
	m.type = -1;
	told("type -1", msgsnd(queue, &m, 1, 0));
	m.type = 1;
	told("too large", msgsnd(queue, &m, 1 << 20, 0));
	told("wrong id", msgsnd(-1, &m, 1, 0));
	told("negative room", msgrcv(queue, &m, -1, 0, 0));
	told("wrong command", msgctl(queue, 99, 0));

	// A receiver that waits, by type; then a full queue.
	pid_t child = fork();
	if (!child) {
		struct message m;
		_exit(msgrcv(queue, &m, 64, 7, 0));
	}
	await_sleep(child);
	put(6, "for others");
	put(7, "for the child");
	reap("child", child);
	get("others", 0, 64, 0);

	msgctl(queue, IPC_STAT, &ds);
	ds.msg_qbytes = 10;
	told("set", msgctl(queue, IPC_SET, &ds));
	put(1, "12345678");
	put(1, "123");
	put(1, "12");
	child = fork();
	if (!child) {
		m.type = 2;
		_exit(msgsnd(queue, &m, 5, 0) ? 1 : 0);
	}
	await_sleep(child);
	get("makes room", 0, 64, 0);
	reap("sender", child);
	get("next", 0, 64, 0);
	get("then", 0, 64, 0);

	on_signal(SIGALRM, nothing, SA_RESTART);
	child = signal_in_sleep(SIGALRM);
	get("interrupted", 0, 64, 0);
	waitpid(child, 0, 0);

	child = fork();
	if (!child) {
		struct message m;
		_exit(msgrcv(queue, &m, 64, 0, 0) < 0 && errno == EIDRM ? 3 : 4);
	}
	await_sleep(child);
	told("remove", msgctl(queue, IPC_RMID, 0));
	reap("waiting", child);
	told("gone", msgctl(queue, IPC_STAT, &ds));
	told("removed again", msgctl(queue, IPC_RMID, 0));
	told("key is free", msgget(key, 0));

	if (getuid() == 0) {
		queue = msgget(IPC_PRIVATE, 0604);
		child = fork();
		if (!child) {
			setgid(12345);
			setuid(12345);
			put(1, "denied");
			get("may read", 0, 64, IPC_NOWAIT);
			told("may not change", msgctl(queue, IPC_SET, &ds));
			told("may not remove", msgctl(queue, IPC_RMID, 0));
			queue = msgget(IPC_PRIVATE, 0200);
			get("own, not readable", 0, 64, IPC_NOWAIT);
			told("own status", msgctl(queue, IPC_STAT, &ds));
			msgctl(queue, IPC_RMID, 0);
			_exit(0);
		}
		reap("user", child);
		msgctl(queue, IPC_RMID, 0);
	}
	msgctl(other, IPC_RMID, 0);
	return 0;
}
