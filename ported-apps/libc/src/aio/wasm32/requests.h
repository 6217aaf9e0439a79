/* What aio.c and lio_listio.c agree on. */
#include <aio.h>
#include "pthread_impl.h"

/* What is to be freed, but not by a thread that may be in a signal handler. */
struct spent {
	struct spent *next;
};

/* A list of requests that tells when all of them have ended. */
struct list {
	struct spent spent;
	struct sigevent event;
	/* Requests that have not ended, and one more while the list is being made. */
	volatile int left;
};

/* Puts a request in its place. It does not begin before __javix_aio_begin is called. The list may be null.
 * On failure the block has the error as well, and the list is as before. */
hidden int __javix_aio_queue(struct aiocb *block, int operation, struct list *list);

/* Gives work to what waits for a thread. If there are no more threads the requests end with EAGAIN, untold. */
hidden int __javix_aio_begin(void);

/* One of a list has ended. The last of them tells it. */
hidden void __javix_aio_ended(struct list *list);
