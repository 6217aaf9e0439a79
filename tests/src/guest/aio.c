/* Asynchronous requests: their order, how their end is told, and what can be cancelled. */
#include "check.h"
#include <aio.h>
#include <pthread.h>
#include <semaphore.h>

#define MANY 20
#define CHECK(call) told(#call, call)

static struct aiocb blocks[MANY];
static char letters[MANY];
static volatile sig_atomic_t ended, told_early, list_told;
static sem_t thread_told;

static void on_end(int signal, siginfo_t *info, void *context)
{
	int number = info->si_value.sival_int;
	if (info->si_code != SI_ASYNCIO || aio_error(&blocks[number]) == EINPROGRESS) told_early++;
	ended++;
}

static void on_list(int signal, siginfo_t *info, void *context)
{
	list_told = info->si_value.sival_int;
}

static void call(union sigval value)
{
	*(int *)value.sival_ptr += 1;
	sem_post(&thread_told);
}

static struct aiocb *request(int number, int fd, int operation)
{
	struct aiocb *block = &blocks[number];
	memset(block, 0, sizeof *block);
	letters[number] = 'a' + number;
	block->aio_fildes = fd;
	block->aio_buf = &letters[number];
	block->aio_nbytes = 1;
	block->aio_lio_opcode = operation;
	return block;
}

static void wait_for(struct aiocb *block)
{
	const struct aiocb *list[] = { block };
	while (aio_error(block) == EINPROGRESS) aio_suspend(list, 1, 0);
}

static void appended_in_order(void)
{
	char found[MANY + 1] = "";
	int fd = open("aio-file", O_CREAT | O_TRUNC | O_RDWR | O_APPEND, 0644);
	for (int i = 0; i < MANY; i++) CHECK(aio_write(request(i, fd, 0)));
	struct aiocb sync = { .aio_fildes = fd };
	CHECK(aio_fsync(O_SYNC, &sync));
	wait_for(&sync);
	int unfinished = 0;
	for (int i = 0; i < MANY; i++) unfinished += aio_error(&blocks[i]) == EINPROGRESS || aio_return(&blocks[i]) != 1;
	CHECK(pread(fd, found, MANY, 0));
	say("appended: %s; after the sync %d unfinished, sync %d %zd\n", found, unfinished, aio_error(&sync), aio_return(&sync));
	close(fd);
}

static void told_by_signals(void)
{
	struct sigaction action = { .sa_sigaction = on_end, .sa_flags = SA_SIGINFO | SA_RESTART };
	int fd = open("aio-file", O_RDWR);
	struct aiocb *list[MANY];
	sigaction(SIGRTMIN, &action, 0);
	action.sa_sigaction = on_list;
	sigaction(SIGRTMIN + 1, &action, 0);
	for (int i = 0; i < MANY; i++) {
		list[i] = request(i, fd, i % 2 ? LIO_READ : LIO_WRITE);
		list[i]->aio_sigevent.sigev_notify = SIGEV_SIGNAL;
		list[i]->aio_sigevent.sigev_signo = SIGRTMIN;
		list[i]->aio_sigevent.sigev_value.sival_int = i;
	}
	struct sigevent all = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1, .sigev_value.sival_int = 7 };
	sigset_t both, before;
	sigemptyset(&both);
	sigaddset(&both, SIGRTMIN);
	sigaddset(&both, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &both, &before);
	CHECK(lio_listio(LIO_NOWAIT, list, MANY, &all));
	while (!list_told || ended < MANY) sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, 0);
	say("told %d, too early %d, the list %d\n", ended, told_early, list_told);

	list[0]->aio_sigevent.sigev_notify = SIGEV_NONE;
	list[1]->aio_lio_opcode = LIO_NOP;
	list[2]->aio_sigevent.sigev_notify = SIGEV_NONE;
	list[2]->aio_offset = -1;
	int result = lio_listio(LIO_WAIT, list, 3, 0);
	say("a list with one that fails: %d %s, %s, %s\n", result, strerror(errno), strerror(aio_error(list[0])),
		strerror(aio_error(list[2])));
	CHECK(lio_listio(LIO_WAIT, list, 2, 0));
	CHECK(lio_listio(-1, list, 1, 0));
	close(fd);
}

static void told_by_threads(void)
{
	int fd = open("aio-file", O_RDWR);
	int calls = 0;
	struct aiocb *block = request(0, fd, LIO_WRITE), *list[] = { block };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = call, .sigev_value.sival_ptr = &calls };
	sem_init(&thread_told, 0, 0);
	block->aio_sigevent = event;
	CHECK(aio_write(block));
	while (sem_wait(&thread_told));
	block->aio_sigevent.sigev_notify = SIGEV_NONE;
	wait_for(block);
	CHECK(lio_listio(LIO_NOWAIT, list, 1, &event));
	while (sem_wait(&thread_told));
	CHECK(lio_listio(LIO_NOWAIT, list, 0, &event));
	while (sem_wait(&thread_told));
	say("threads: %d calls\n", calls);
	close(fd);
}

static void cancelled(void)
{
	int ends[2];
	CHECK(pipe(ends));
	struct aiocb *first = request(0, ends[0], 0), *second = request(1, ends[0], 0);
	CHECK(aio_read(first));
	CHECK(aio_read(second));
	CHECK(aio_cancel(ends[0], second));
	say("what had not begun: %s\n", strerror(aio_error(second)));
	say("the first: %s\n", strerror(aio_error(first)));
	CHECK(write(ends[1], "x", 1));
	wait_for(first);
	say("it has read %zd byte, %c\n", aio_return(first), letters[0]);
	say("cancel what has ended: %d\n", aio_cancel(ends[0], first));
	CHECK(aio_cancel(ends[1], first));
	CHECK(aio_cancel(1000, 0));
}

static void refused(void)
{
	int fd = open("aio-file", O_RDONLY);
	struct aiocb *block = request(0, fd, LIO_WRITE);
	struct timespec moment = { 0, 1000000 };
	const struct aiocb *list[] = { block };
	CHECK(aio_write(block));
	wait_for(block);
	say("write to what is open for reading: %zd %s\n", aio_return(block), strerror(aio_error(block)));
	CHECK(aio_fsync(O_SYNC, block));
	wait_for(block);
	CHECK(aio_fsync(12345, block));
	block->aio_reqprio = -1;
	CHECK(aio_read(block));
	say("priorities: %d, up to %ld\n", sysconf(_SC_PRIORITIZED_IO) > 0, sysconf(_SC_AIO_PRIO_DELTA_MAX));
	int ends[2];
	CHECK(pipe(ends));
	CHECK(aio_read(request(0, ends[0], 0)));
	CHECK(aio_suspend(list, 1, &moment));
	CHECK(aio_suspend(list, -1, 0));
	CHECK(write(ends[1], "y", 1));
	wait_for(block);
	close(fd);
	unlink("aio-file");
}

int main(void)
{
	appended_in_order();
	told_by_signals();
	told_by_threads();
	cancelled();
	refused();
	return 0;
}
