// System V semaphores: atomic sets of operations, waiting, counting who waits, undo, time limits, control.
#include "check.h"
#include <sys/ipc.h>
#include <sys/sem.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };

static int set;

static int op(int number, int change, int flags)
{
	struct sembuf one = { number, change, flags };
	return semop(set, &one, 1);
}

static void values(const char *what)
{
	unsigned short v[3];
	semctl(set, 0, GETALL, (union semun) { .array = v });
	say("%s: %d %d %d\n", what, v[0], v[1], v[2]);
}

static int get(int number, int command)
{
	return semctl(set, number, command);
}

static void nothing(int sig) {}

int main(void)
{
	close(creat("file", 0600));
	key_t key = ftok("file", 's');
	told("none", semget(key, 0, 0));
	told("no semaphores", semget(key, 0, IPC_CREAT | 0600));
	set = semget(key, 3, IPC_CREAT | IPC_EXCL | 0640);
	say("made %d\n", set >= 0);
	told("exclusive", semget(key, 3, IPC_CREAT | IPC_EXCL | 0640));
	say("same %d\n", semget(key, 0, 0) == set && semget(key, 2, 0) == set);
	told("larger", semget(key, 4, 0));
	values("at first");

	struct semid_ds ds;
	told("stat", semctl(set, 0, IPC_STAT, (union semun) { .buf = &ds }));
	say("mode %o owner %d count %d times %d %d\n", ds.sem_perm.mode, ds.sem_perm.cuid == geteuid(), (int)ds.sem_nsems,
		(int)ds.sem_otime, ds.sem_ctime > 1600000000);

	told("setval", semctl(set, 1, SETVAL, (union semun) { .val = 5 }));
	told("too large", semctl(set, 1, SETVAL, (union semun) { .val = 32768 }));
	told("negative", semctl(set, 1, SETVAL, (union semun) { .val = -1 }));
	told("no such semaphore", semctl(set, 3, SETVAL, (union semun) { .val = 1 }));
	say("getval %d pid %d %d\n", get(1, GETVAL), get(1, GETPID) == getpid(), get(0, GETPID));
	unsigned short all[3] = { 1, 2, 3 };
	told("setall", semctl(set, 0, SETALL, (union semun) { .array = all }));
	values("set");
	all[2] = 40000;
	told("setall too large", semctl(set, 0, SETALL, (union semun) { .array = all }));
	values("unchanged");

	told("down", op(0, -1, 0));
	told("no more", op(0, -1, IPC_NOWAIT));
	told("zero", op(0, 0, 0));
	told("not zero", op(1, 0, IPC_NOWAIT));
	told("beyond", op(2, 32767, 0));
	told("no such", op(3, 1, 0));
	struct sembuf both[] = { { 1, 1, 0 }, { 0, -1, IPC_NOWAIT } };
	told("all or nothing", semop(set, both, 2));
	values("nothing");
	struct sembuf same[] = { { 0, 2, 0 }, { 0, -1, 0 }, { 0, -1, 0 }, { 0, 0, 0 } };
	told("one after the other", semop(set, same, 4));
	told("none at all", semop(set, both, 0));
	told("too many", semop(set, both, 100000));
	told("wrong id", semop(-1, both, 1));
	told("wrong command", get(0, 99));
	semctl(set, 0, IPC_STAT, (union semun) { .buf = &ds });
	say("operated %d\n", ds.sem_otime > 0);

	// Two wait for different things; who waits is counted.
	pid_t down = fork();
	if (!down) _exit(op(0, -2, 0) ? 1 : 0);
	pid_t zero = fork();
	if (!zero) _exit(op(1, 0, 0) ? 1 : 0);
	await_sleep(down);
	await_sleep(zero);
	say("waiting %d %d, %d %d\n", get(0, GETNCNT), get(0, GETZCNT), get(1, GETNCNT), get(1, GETZCNT));
	op(0, 1, 0);
	await_sleep(down);
	say("still %d\n", get(0, GETNCNT));
	op(0, 1, 0);
	reap("down", down);
	say("by %d\n", get(0, GETPID) == down);
	op(1, -2, 0);
	reap("zero", zero);
	values("after");

	// What is undone at the end of a process.
	pid_t child = fork();
	if (!child) {
		op(0, 3, SEM_UNDO);
		op(2, -1, SEM_UNDO);
		op(2, 5, 0);
		values("child");
		_exit(0);
	}
	reap("undo", child);
	values("undone");
	child = fork();
	if (!child) {
		op(0, 7, SEM_UNDO);
		semctl(set, 0, SETVAL, (union semun) { .val = 9 });
		kill(getpid(), SIGKILL);
	}
	reap("setval clears", child);
	values("kept");
	child = fork();
	if (!child) {
		op(1, 4, SEM_UNDO);
		if (!fork()) _exit(0);
		wait(0);
		values("a child's end changes nothing");
		_exit(0);
	}
	reap("not inherited", child);
	values("undone");

	struct timespec little = { 0, 30000000 }, wrong = { 0, -1 };
	struct sembuf one = { 1, -1, 0 };
	told("time limit", semtimedop(set, &one, 1, &little));
	told("wrong time", semtimedop(set, &one, 1, &wrong));
	op(1, 1, 0);
	told("in time", semtimedop(set, &one, 1, &little));

	on_signal(SIGALRM, nothing, SA_RESTART);
	child = signal_in_sleep(SIGALRM);
	told("interrupted", op(1, -1, 0));
	waitpid(child, 0, 0);

	child = fork();
	if (!child) {
		int r = op(1, -1, 0);
		_exit(r < 0 && errno == EIDRM ? 3 : 4);
	}
	await_sleep(child);
	if (getuid() == 0) {
		pid_t user = fork();
		if (!user) {
			setgid(12345);
			setuid(12345);
			told("user's operation", op(1, 1, 0));
			told("user's getval", get(1, GETVAL));
			told("user's remove", semctl(set, 0, IPC_RMID));
			_exit(0);
		}
		reap("user", user);
	}
	told("remove", semctl(set, 0, IPC_RMID));
	reap("waiting", child);
	told("gone", op(1, 1, 0));
	told("gone too", get(0, GETVAL));
	return 0;
}
