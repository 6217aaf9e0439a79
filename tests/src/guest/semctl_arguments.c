/* The argument of semctl is a union, but programs also pass what it would hold. */
#include "check.h"
#include <sys/ipc.h>
#include <sys/sem.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };

int main(void)
{
	union semun argument = { .val = 4 };
	struct semid_ds state;
	unsigned short values[2] = { 7, 8 }, small = 9;
	int set = semget(IPC_PRIVATE, 2, 0600), number = 5;
	told("a union", semctl(set, 0, SETVAL, argument));
	say("%d\n", semctl(set, 0, GETVAL));
	told("a literal union", semctl(set, 1, SETVAL, (union semun) { .val = 6 }));
	say("%d\n", semctl(set, 1, GETVAL, 0));
	told("a number", semctl(set, 0, SETVAL, 1));
	say("%d\n", semctl(set, 0, GETVAL, argument));
	told("a variable", semctl(set, 0, SETVAL, number));
	say("%d\n", semctl(set, 0, GETVAL));
	told("a short variable", semctl(set, 0, SETVAL, small));
	say("%d\n", semctl(set, 0, GETVAL));
	told("an array", semctl(set, 0, SETALL, values));
	say("%d %d\n", semctl(set, 0, GETVAL), semctl(set, 1, GETVAL));
	argument.buf = &state;
	told("a union with an address", semctl(set, 0, IPC_STAT, argument));
	say("%d\n", (int)state.sem_nsems);
	told("an address", semctl(set, 0, IPC_STAT, &state));
	say("%d\n", (int)state.sem_nsems);
	argument.array = values;
	told("values", semctl(set, 0, GETALL, argument));
	say("%d %d\n", values[0], values[1]);
	told("too large", semctl(set, 0, SETVAL, 40000));
	told("negative", semctl(set, 0, SETVAL, -1));
	told("removed", semctl(set, 0, IPC_RMID));
	told("removed again, with a number", semctl(set, 0, IPC_RMID, 0));
	return 0;
}
