#include <stdarg.h>
#include <sys/sem.h>
#include "syscall.h"

#undef semctl

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

static int takes_argument(int command)
{
	switch (command) {
	case SETVAL: case GETALL: case SETALL: case IPC_SET: case IPC_STAT:
	case IPC_INFO: case SEM_INFO: case SEM_STAT: case SEM_STAT_ANY:
		return 1;
	}
	return 0;
}

/* What the macro in sys/sem.h calls: the argument is a word, whatever its type was. */
int __javix_semctl_word(int id, int number, int command, ...)
{
	void *argument = 0;
	if (takes_argument(command)) {
		va_list list;
		va_start(list, command);
		argument = va_arg(list, void *);
		va_end(list);
	}
	return syscall(SYS_semctl, id, number, command, argument);
}

/* For whoever does without the macro, and without the template in C++: the union comes by reference. */
int semctl(int id, int number, int command, ...)
{
	union semun argument = { 0 };
	if (takes_argument(command)) {
		va_list list;
		va_start(list, command);
		argument = va_arg(list, union semun);
		va_end(list);
	}
	return syscall(SYS_semctl, id, number, command, argument.buf);
}
