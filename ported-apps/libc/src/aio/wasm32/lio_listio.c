#include <errno.h>
#include <stdlib.h>
#include "requests.h"

#define malloc __libc_malloc

/* Whether one of them failed goes to *failed. */
static int wait_for(struct aiocb *const blocks[], int count, int *failed)
{
	for (int i = 0; i < count; i++) {
		if (!blocks[i] || blocks[i]->aio_lio_opcode == LIO_NOP) continue;
		while (aio_error(blocks[i]) == EINPROGRESS)
			if (aio_suspend((const struct aiocb *const *)&blocks[i], 1, 0)) return -1;
		if (aio_error(blocks[i])) *failed = 1;
	}
	return 0;
}

int lio_listio(int mode, struct aiocb *restrict const *restrict blocks, int count, struct sigevent *restrict event)
{
	struct list *list = 0;
	int failed = 0;

	if (mode != LIO_WAIT && mode != LIO_NOWAIT || count < 0) {
		errno = EINVAL;
		return -1;
	}
	if (mode == LIO_NOWAIT && event && event->sigev_notify != SIGEV_NONE) {
		if (!(list = malloc(sizeof *list))) {
			errno = EAGAIN;
			return -1;
		}
		*list = (struct list){ .event = *event, .left = 1 };
	}
	for (int i = 0; i < count; i++) {
		if (!blocks[i] || blocks[i]->aio_lio_opcode == LIO_NOP) continue;
		int operation = blocks[i]->aio_lio_opcode;
		if (operation != LIO_READ && operation != LIO_WRITE) {
			blocks[i]->__ret = -1;
			blocks[i]->__err = EINVAL;
			failed = 1;
		} else if (__javix_aio_queue(blocks[i], operation, list)) {
			failed = 1;
		}
	}
	if (__javix_aio_begin()) failed = 1;
	if (list) __javix_aio_ended(list);
	if (mode == LIO_WAIT && wait_for(blocks, count, &failed)) return -1;
	if (failed) {
		errno = EIO;
		return -1;
	}
	return 0;
}

weak_alias(lio_listio, lio_listio64);
