/* Calls on queues, semaphores and shared memory, of POSIX and of System V, with arguments that are wrong. */
#include "errors.h"
#include <mqueue.h>
#include <semaphore.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static char text[9000], longest[300];

static void queues(void)
{
	struct mq_attr attributes = { 0, 2, 10 }, none = { 0, 0, 10 }, empty = { 0, 10, 0 }, negative = { 0, -1, 10 }, flags = { 99 };
	struct timespec wrong = { 0, 1000000000 }, past = { 0, 0 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = 99 };
	char name[40];
	sprintf(name, "/javix-errors-%d", getpid());
	TRY(mq_open("/", O_RDWR | O_CREAT, 0600, 0));
	TRY(mq_open("/a/b", O_RDWR | O_CREAT, 0600, 0));
	TRY(mq_open("/javix-missing", O_RDWR));
	TRY(mq_open(longest, O_RDWR | O_CREAT, 0600, 0));
	TRY(mq_open("/javix-new", O_RDWR | O_CREAT, 0600, &none));
	TRY(mq_open("/javix-new", O_RDWR | O_CREAT, 0600, &empty));
	TRY(mq_open("/javix-new", O_RDWR | O_CREAT, 0600, &negative));
	mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 0600, &attributes);
	mqd_t reading = mq_open(name, O_RDONLY), writing = mq_open(name, O_WRONLY);
	say("opened %d\n", queue >= 0);
	TRY(mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, 0));
	TRY(mq_send(queue, text, 11, 0));
	TRY(mq_send(queue, text, 10, 32768));
	TRY(mq_send(reading, text, 1, 0));
	TRY(mq_send(CLOSED, text, 1, 0));
	TRY(mq_send(0, text, 1, 0));
	TRY(mq_receive(queue, text, 9, 0));
	TRY(mq_receive(queue, text, 10, 0));
	TRY(mq_receive(writing, text, 10, 0));
	TRY(mq_receive(0, text, 10, 0));
	TRY(mq_timedreceive(reading, text, 10, 0, &past));
	TRY(mq_timedreceive(reading, text, 10, 0, &wrong));
	TRY(mq_send(queue, text, 10, 0));
	TRY(mq_send(queue, text, 10, 0));
	TRY(mq_send(queue, text, 10, 0));
	TRY(mq_timedsend(writing, text, 10, 0, &past));
	TRY(mq_timedsend(writing, text, 10, 0, &wrong));
	TRY(mq_getattr(0, &attributes));
	TRY(mq_setattr(queue, &flags, 0));
	TRY(mq_notify(queue, &event));
	event.sigev_notify = 99;
	TRY(mq_notify(queue, &event));
	event.sigev_notify = SIGEV_NONE;
	TRY(mq_notify(queue, &event));
	TRY(mq_notify(queue, &event));
	TRY(mq_notify(0, &event));
	IN_CHILD(become_nobody(); TRY(mq_open(name, O_RDONLY)); TRY(mq_unlink(name)));
	TRY(mq_close(CLOSED));
	TRY(mq_unlink(name));
	TRY(mq_unlink(name));
	TRY(mq_unlink("/"));
	TRY(mq_unlink(longest));
}

static void semaphores(void)
{
	sem_t semaphore;
	struct timespec wrong = { 0, 1000000000 }, past = { 0, 0 };
	TRY(sem_init(&semaphore, 0, -1));
	TRY(sem_init(&semaphore, 0, 2147483647));
	TRY(sem_post(&semaphore));
	sem_init(&semaphore, 0, 0);
	TRY(sem_trywait(&semaphore));
	TRY(sem_timedwait(&semaphore, &past));
	TRY(sem_timedwait(&semaphore, &wrong));
	TRY((intptr_t)sem_open("/javix-missing", 0) ? 0 : -1);
	TRY((intptr_t)sem_open("/", O_CREAT, 0600, 0) ? 0 : -1);
	TRY((intptr_t)sem_open("/a/b", O_CREAT, 0600, 0) ? 0 : -1);
	TRY((intptr_t)sem_open("/javix-new", O_CREAT, 0600, -1) ? 0 : -1);
	TRY(sem_unlink("/javix-missing"));
}

static void memory(void)
{
	TRY(shm_open("/javix-missing", O_RDWR, 0));
	TRY(shm_open("/", O_RDWR | O_CREAT, 0600));
	TRY(shm_open("", O_RDWR | O_CREAT, 0600));
	TRY(shm_open("/..", O_RDWR | O_CREAT, 0600));
	TRY(shm_open("/a/b", O_RDWR | O_CREAT, 0600));
	TRY(shm_unlink("/javix-missing"));
}

static void system_v_queues(void)
{
	struct { long type; char text[9000]; } message = { 1 };
	struct msqid_ds state;
	int queue = msgget(IPC_PRIVATE, 0600);
	TRY(msgget(0x7a6b5c4d, 0600));
	TRY(msgctl(-1, IPC_STAT, &state));
	TRY(msgctl(queue, 99, &state));
	TRY(msgctl(queue, IPC_STAT, BAD));
	TRY(msgctl(queue, IPC_SET, BAD));
	TRY(msgsnd(-1, &message, 1, 0));
	TRY(msgsnd(queue, &message, 9000, 0));
	TRY(msgsnd(queue, &message, -1, 0));
	message.type = 0;
	TRY(msgsnd(queue, &message, 1, 0));
	message.type = -1;
	TRY(msgsnd(queue, &message, 1, 0));
	TRY(msgsnd(queue, BAD, 1, 0));
	message.type = 1;
	TRY(msgrcv(queue, &message, 1, 0, IPC_NOWAIT));
	TRY(msgrcv(queue, &message, -1, 0, IPC_NOWAIT));
	TRY(msgrcv(-1, &message, 1, 0, IPC_NOWAIT));
	TRY(msgsnd(queue, &message, 10, 0));
	TRY(msgrcv(queue, &message, 5, 0, 0));
	TRY(msgrcv(queue, &message, 5, 2, IPC_NOWAIT));
	while (!msgsnd(queue, &message, 8000, IPC_NOWAIT));
	say("full: %s\n", strerror(errno));
	IN_CHILD(become_nobody(); TRY(msgsnd(queue, &message, 1, 0)); TRY(msgrcv(queue, &message, 1, 0, 0));
		TRY(msgctl(queue, IPC_STAT, &state)); TRY(msgctl(queue, IPC_RMID, 0)));
	msgctl(queue, IPC_STAT, &state);
	state.msg_qbytes = 1L << 30;
	IN_CHILD(become_nobody(); TRY(msgctl(queue, IPC_SET, &state)));
	TRY(msgctl(queue, IPC_RMID, 0));
	TRY(msgctl(queue, IPC_RMID, 0));
	TRY(msgsnd(queue, &message, 1, 0));
}

union semun { int val; struct semid_ds *buf; unsigned short *array; };

static void system_v_semaphores(void)
{
	struct semid_ds state;
	struct sembuf operation = { 9, 1, 0 }, wait = { 0, -1, IPC_NOWAIT }, more = { 0, 32767, 0 }, undo = { 0, 32767, SEM_UNDO };
	struct timespec wrong = { 0, 1000000000 };
	unsigned short values[2] = { 40000, 0 };
	int set = semget(IPC_PRIVATE, 2, 0600), key = 0x7a000000 + getpid(), keyed = semget(key, 2, IPC_CREAT | 0600);
	TRY(semget(0x7a6b5c4d, 1, 0600));
	TRY(semget(IPC_PRIVATE, 0, 0600));
	TRY(semget(IPC_PRIVATE, -1, 0600));
	TRY(semget(IPC_PRIVATE, 1000000, 0600));
	TRY(semget(key, 3, 0600));
	TRY(semget(key, 2, IPC_CREAT | IPC_EXCL | 0600));
	TRY(semget(key, 1, 0600));
	TRY(semctl(keyed, 0, IPC_RMID));
	TRY(semctl(-1, 0, GETVAL));
	TRY(semctl(set, 2, GETVAL));
	TRY(semctl(set, -1, GETVAL));
	TRY(semctl(set, 0, 99));
	TRY(semctl(set, 0, SETVAL, (union semun) { -1 }));
	TRY(semctl(set, 0, SETVAL, (union semun) { 32768 }));
	TRY(semctl(set, 5, SETVAL, (union semun) { 1 }));
	TRY(semctl(set, 0, SETALL, (union semun) { .array = values }));
	TRY(semctl(set, 0, GETALL, (union semun) { .array = BAD }));
	TRY(semctl(set, 0, IPC_STAT, (union semun) { .buf = BAD }));
	TRY(semop(set, &operation, 1));
	TRY(semop(set, &operation, 0));
	TRY(semop(set, &operation, 501));
	TRY(semop(-1, &operation, 1));
	TRY(semop(set, BAD, 1));
	TRY(semop(set, &wait, 1));
	TRY(semop(set, &more, 1));
	TRY(semop(set, &more, 1));
	TRY(semctl(set, 0, SETVAL, (union semun) { 0 }));
	TRY(semop(set, &undo, 1));
	TRY(semop(set, (struct sembuf[]) { { 0, -32767, 0 }, { 0, 10, SEM_UNDO } }, 2));
	TRY(semtimedop(set, &wait, 1, &wrong));
	IN_CHILD(become_nobody(); TRY(semop(set, &wait, 1)); TRY(semctl(set, 0, GETVAL)); TRY(semctl(set, 0, IPC_RMID));
		TRY(semctl(set, 0, SETVAL, (union semun) { 0 })));
	TRY(semctl(set, 0, IPC_RMID));
	TRY(semctl(set, 0, GETVAL));
	TRY(semop(set, &wait, 1));
}

static void system_v_memory(void)
{
	struct shmid_ds state;
	int key = 0x7b000000 + getpid(), segment = shmget(key, 8192, IPC_CREAT | 0600);
	TRY(shmget(0x7a6b5c4d, 1, 0600));
	TRY(shmget(IPC_PRIVATE, 0, 0600));
	TRY(shmget(key, 9000, 0600));
	TRY(shmget(key, 0, 0600));
	TRY(shmget(key, 8192, IPC_CREAT | IPC_EXCL | 0600));
	TRY(shmat(-1, 0, 0));
	TRY(shmat(segment, (void *)1, 0));
	TRY(shmdt((void *)4096));
	TRY(shmdt((void *)1));
	TRY(shmctl(-1, IPC_STAT, &state));
	TRY(shmctl(segment, 99, &state));
	TRY(shmctl(segment, IPC_STAT, BAD));
	IN_CHILD(become_nobody(); TRY(shmat(segment, 0, 0)); TRY(shmat(segment, 0, SHM_RDONLY)); TRY(shmctl(segment, IPC_STAT, &state));
		TRY(shmctl(segment, IPC_RMID, 0)); TRY(shmget(key, 1, 0600)); TRY(shmget(key, 1, 0)));
	TRY(shmctl(segment, IPC_RMID, 0));
	TRY(shmctl(segment, IPC_RMID, 0));
	TRY(shmat(segment, 0, 0));
}

int main(void)
{
	memset(longest, 'x', sizeof longest - 1);
	longest[0] = '/';
	queues();
	semaphores();
	memory();
	system_v_queues();
	system_v_semaphores();
	system_v_memory();
	return 0;
}
