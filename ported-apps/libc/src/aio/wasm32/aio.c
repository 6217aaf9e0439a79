/* Asynchronous input and output.
 *
 * The requests for a descriptor wait in a line, the more urgent in front, and a thread does one after the other: so
 * they end in the order in which they were made, and what has not begun can be cancelled. What has no position
 * (a pipe, a socket, a terminal) has two lines, since a read there may wait for ever and must not keep a write from
 * being done; a request of such a line can be cancelled after it has begun as well, since the thread's wait can.
 *
 * When a request has ended its block has the result first, since the signal that tells it may be handled at once, and
 * the handler may free the block. But whoever asks and sees that it has ended is to have had its signal: so aio_error
 * answers only when that is sent. Sending depends on nothing that a handler can hold up.
 *
 * The lock is held with all signals blocked, and never while memory is allocated or a thread is made: close, which
 * cancels requests, may be called by a handler. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>
#include "aio_impl.h"
#include "requests.h"
#include "syscall.h"

#define malloc __libc_malloc
#define free __libc_free

#define PRIORITIES 20

struct request {
	struct spent spent;
	struct aiocb *block;
	int operation, priority;
	struct sigevent event;
	struct list *list;
	struct request *volatile next;
	/* Whether a thread is at it; and where to leave the error if somebody waits for what he has cancelled. */
	int begun;
	volatile int *cancelled;
};

struct line {
	struct line *next;
	int fd, writes, positioned;
	struct request *volatile first;
	pthread_t thread;
	int begun;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* Guarded by the lock. */
static struct line *volatile lines;
/* Those that have ended and are being told. */
static struct request *volatile told;
static struct spent *spent;
/* Changes whenever a request has ended. */
volatile int __aio_fut;

static void acquire(sigset_t *mask)
{
	__block_app_sigs(mask);
	pthread_mutex_lock(&lock);
}

static void release(sigset_t *mask)
{
	pthread_mutex_unlock(&lock);
	__restore_sigs(mask);
}

/* With the lock held. */
static void leave(struct spent *what)
{
	what->next = spent;
	spent = what;
}

static void sweep(void)
{
	sigset_t mask;
	acquire(&mask);
	struct spent *all = spent;
	spent = 0;
	release(&mask);
	while (all) {
		struct spent *next = all->next;
		free(all);
		all = next;
	}
}

struct call {
	const struct sigevent *event;
	sem_t taken;
};

static void *call(void *argument)
{
	struct call *made = argument;
	void (*function)(union sigval) = made->event->sigev_notify_function;
	union sigval value = made->event->sigev_value;
	sigset_t none;

	sem_post(&made->taken);
	sigemptyset(&none);
	pthread_sigmask(SIG_SETMASK, &none, 0);
	function(value);
	return 0;
}

static void tell(const struct sigevent *event)
{
	if (event->sigev_notify == SIGEV_SIGNAL) {
		siginfo_t info = {
			.si_signo = event->sigev_signo,
			.si_value = event->sigev_value,
			.si_code = SI_ASYNCIO,
			.si_pid = getpid(),
			.si_uid = getuid(),
		};
		__syscall(SYS_rt_sigqueueinfo, info.si_pid, info.si_signo, &info);
	} else if (event->sigev_notify == SIGEV_THREAD) {
		struct call made = { .event = event };
		pthread_attr_t attributes;
		pthread_t thread;
		sigset_t mask;
		int state;
		sem_init(&made.taken, 0, 0);
		if (event->sigev_notify_attributes) attributes = *event->sigev_notify_attributes;
		else pthread_attr_init(&attributes);
		pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
		__block_app_sigs(&mask);
		if (!pthread_create(&thread, &attributes, call, &made)) while (sem_wait(&made.taken));
		__restore_sigs(&mask);
		pthread_setcancelstate(state, 0);
	}
}

void __javix_aio_ended(struct list *list)
{
	sigset_t mask;
	if (a_fetch_add(&list->left, -1) != 1) return;
	tell(&list->event);
	acquire(&mask);
	leave(&list->spent);
	release(&mask);
}

/* Of a request that is in no line. */
static void end(struct request *request, ssize_t result, int error)
{
	volatile int *cancelled = request->cancelled;
	struct request *volatile *place;
	sigset_t mask;

	__block_app_sigs(&mask);
	pthread_mutex_lock(&lock);
	request->next = told;
	told = request;
	pthread_mutex_unlock(&lock);
	request->block->__ret = result;
	a_store(&request->block->__err, error);
	/* The program may do with the block what it likes now. */
	tell(&request->event);
	if (request->list) __javix_aio_ended(request->list);
	pthread_mutex_lock(&lock);
	for (place = &told; *place != request; place = &(*place)->next);
	*place = request->next;
	leave(&request->spent);
	pthread_mutex_unlock(&lock);
	if (cancelled) a_store(cancelled, error);
	a_inc(&__aio_fut);
	__wake(&__aio_fut, -1, 1);
	__restore_sigs(&mask);
}

static ssize_t perform(const struct line *line, const struct request *request)
{
	struct aiocb *block = request->block;
	int fd = line->fd;
	void *buffer = (void *)block->aio_buf;
	size_t count = block->aio_nbytes;
	switch (request->operation) {
	case LIO_READ:
		return line->positioned ? pread(fd, buffer, count, block->aio_offset) : read(fd, buffer, count);
	case LIO_WRITE:
		return line->positioned && !(fcntl(fd, F_GETFL) & O_APPEND)
			? pwrite(fd, buffer, count, block->aio_offset) : write(fd, buffer, count);
	case O_DSYNC:
		return fdatasync(fd);
	default:
		return fsync(fd);
	}
}

static void *work(void *argument)
{
	struct line *line = argument;
	pthread_t self = __pthread_self();
	struct request *request;
	sigset_t mask;

	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	acquire(&mask);
	line->thread = self;
	while ((request = line->first)) {
		request->begun = 1;
		release(&mask);
		/* A wait that is cancelled fails, and the thread stays. */
		if (!line->positioned) self->canceldisable = PTHREAD_CANCEL_MASKED;
		ssize_t result = perform(line, request);
		int error = result < 0 ? errno : 0;
		acquire(&mask);
		self->canceldisable = PTHREAD_CANCEL_DISABLE;
		self->cancel = 0;
		line->first = request->next;
		release(&mask);
		end(request, result, error);
		acquire(&mask);
	}
	struct line *volatile *place = &lines;
	while (*place != line) place = &(*place)->next;
	*place = line->next;
	release(&mask);
	free(line);
	sweep();
	return 0;
}

int __javix_aio_begin(void)
{
	int result = 0;
	sigset_t mask;
	for (;;) {
		acquire(&mask);
		struct line *line = lines;
		while (line && line->begun) line = line->next;
		if (line) line->begun = 1;
		release(&mask);
		if (!line) return result;

		pthread_attr_t attributes;
		pthread_t thread;
		pthread_attr_init(&attributes);
		pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN);
		pthread_attr_setguardsize(&attributes, 0);
		pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
		__block_app_sigs(&mask);
		int failed = pthread_create(&thread, &attributes, work, line);
		__restore_sigs(&mask);
		if (!failed) continue;

		acquire(&mask);
		struct request *left = line->first;
		struct line *volatile *place = &lines;
		while (*place != line) place = &(*place)->next;
		*place = line->next;
		release(&mask);
		free(line);
		while (left) {
			struct request *next = left->next;
			left->event.sigev_notify = SIGEV_NONE;
			end(left, -1, EAGAIN);
			left = next;
		}
		errno = EAGAIN;
		result = -1;
	}
}

static int fail(struct aiocb *block, int error)
{
	block->__ret = -1;
	a_store(&block->__err, error);
	errno = error;
	return -1;
}

int __javix_aio_queue(struct aiocb *block, int operation, struct list *list)
{
	int fd = block->aio_fildes;
	int syncs = operation != LIO_READ && operation != LIO_WRITE;
	struct sched_param parameter = { 0 };
	sigset_t mask;

	if (fcntl(fd, F_GETFD) < 0) return fail(block, EBADF);
	if (!syncs && (unsigned)block->aio_reqprio > PRIORITIES) return fail(block, EINVAL);
	struct request *request = malloc(sizeof *request);
	struct line *made = malloc(sizeof *made);
	if (!request || !made) {
		free(request);
		free(made);
		return fail(block, EAGAIN);
	}
	__syscall(SYS_sched_getparam, 0, &parameter);
	*request = (struct request){
		.block = block,
		.operation = operation,
		.priority = syncs ? INT_MIN : parameter.sched_priority - block->aio_reqprio,
		.event = block->aio_sigevent,
		.list = list,
	};
	int positioned = __lseek(fd, 0, SEEK_CUR) >= 0;
	*made = (struct line){ .fd = fd, .positioned = positioned, .writes = !positioned && operation != LIO_READ };
	block->__err = EINPROGRESS;
	if (list) a_inc(&list->left);

	acquire(&mask);
	struct line *line = lines;
	/* The line of a file that was closed since may still be there, without requests. */
	while (line && (line->fd != fd || line->writes != made->writes || line->positioned != made->positioned)) line = line->next;
	if (!line) {
		line = made;
		line->next = lines;
		lines = line;
		made = 0;
	}
	/* What syncs comes after all that is there, whatever its priority. */
	struct request *volatile *place = &line->first;
	while (*place && ((*place)->begun || syncs || (*place)->priority >= request->priority)) place = &(*place)->next;
	request->next = *place;
	*place = request;
	release(&mask);
	free(made);
	return 0;
}

static int submit(struct aiocb *block, int operation)
{
	return __javix_aio_queue(block, operation, 0) ? -1 : __javix_aio_begin();
}

int aio_read(struct aiocb *block)
{
	return submit(block, LIO_READ);
}

int aio_write(struct aiocb *block)
{
	return submit(block, LIO_WRITE);
}

int aio_fsync(int operation, struct aiocb *block)
{
	if (operation != O_SYNC && operation != O_DSYNC) {
		errno = EINVAL;
		return -1;
	}
	return submit(block, operation);
}

ssize_t aio_return(struct aiocb *block)
{
	return block->__ret;
}

int aio_error(const struct aiocb *block)
{
	for (;;) {
		int ended = __aio_fut;
		int error = block->__err;
		a_barrier();
		if (error == EINPROGRESS || !told) return error;
		sigset_t mask;
		acquire(&mask);
		struct request *request = told;
		while (request && request->block != block) request = request->next;
		release(&mask);
		if (!request) return error;
		__wait(&__aio_fut, 0, ended, 1);
	}
}

/* Drops what has not begun, and what waits where it may wait for ever; returns what aio_cancel does. */
static int cancel(int fd, const struct aiocb *block)
{
	struct request *dropped = 0;
	/* Two lines at most have a request that has begun. */
	volatile int waited[2] = { EINPROGRESS, EINPROGRESS };
	int waits = 0;
	int result = AIO_ALLDONE;
	sigset_t mask;

	acquire(&mask);
	for (struct line *line = lines; line; line = line->next) {
		if (line->fd != fd) continue;
		for (struct request *volatile *place = &line->first; *place; ) {
			struct request *request = *place;
			if (block && request->block != block) {
				place = &request->next;
			} else if (!request->begun) {
				*place = request->next;
				request->next = dropped;
				dropped = request;
			} else {
				if (line->positioned || request->cancelled) {
					result = AIO_NOTCANCELED;
				} else {
					request->cancelled = &waited[waits++];
					pthread_cancel(line->thread);
				}
				place = &request->next;
			}
		}
	}
	release(&mask);
	while (dropped) {
		struct request *next = dropped->next;
		end(dropped, -1, ECANCELED);
		dropped = next;
		if (result == AIO_ALLDONE) result = AIO_CANCELED;
	}
	while (waits--) {
		int ended;
		while (ended = __aio_fut, a_barrier(), waited[waits] == EINPROGRESS) __wait(&__aio_fut, 0, ended, 1);
		if (waited[waits] == ECANCELED && result == AIO_ALLDONE) result = AIO_CANCELED;
	}
	return result;
}

int aio_cancel(int fd, struct aiocb *block)
{
	if (fcntl(fd, F_GETFD) < 0) return -1;
	if (block && block->aio_fildes != fd) {
		errno = EINVAL;
		return -1;
	}
	return cancel(fd, block);
}

static int begun(int fd)
{
	sigset_t mask;
	acquire(&mask);
	struct line *line = lines;
	while (line && (line->fd != fd || !line->first)) line = line->next;
	release(&mask);
	return !!line;
}

/* Whatever has begun ends before the descriptor's number can become another file's. */
int __aio_close(int fd)
{
	a_barrier();
	if (lines) {
		cancel(fd, 0);
		for (;;) {
			int ended = __aio_fut;
			a_barrier();
			if (!begun(fd)) break;
			__wait(&__aio_fut, 0, ended, 1);
		}
	}
	return fd;
}

/* A child has no requests. Signals are blocked. */
void __aio_atfork(int who)
{
	if (who < 0) {
		pthread_mutex_lock(&lock);
		return;
	}
	if (who > 0) {
		lines = 0;
		told = 0;
	}
	pthread_mutex_unlock(&lock);
}

weak_alias(aio_cancel, aio_cancel64);
weak_alias(aio_error, aio_error64);
weak_alias(aio_fsync, aio_fsync64);
weak_alias(aio_read, aio_read64);
weak_alias(aio_write, aio_write64);
weak_alias(aio_return, aio_return64);
