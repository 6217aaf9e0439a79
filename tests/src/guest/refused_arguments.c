/* What the C library itself refuses: a size of nothing, a name without its slash. */
#include "check.h"
#include <mqueue.h>
#include <sys/epoll.h>

int main(void)
{
	told("epoll_create(0)", epoll_create(0));
	told("epoll_create(-1)", epoll_create(-1));
	say("epoll_create(1): %d\n", epoll_create(1) >= 0);
	told("mq_open without a slash", mq_open("javix-refused", O_RDWR | O_CREAT, 0600, 0));
	told("mq_open of no name", mq_open("", O_RDWR | O_CREAT, 0600, 0));
	told("mq_unlink without a slash", mq_unlink("javix-refused"));
	told("mq_unlink of no name", mq_unlink(""));
	return 0;
}
