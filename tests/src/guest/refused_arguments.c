/* What the C library itself refuses: a size of nothing, a name without its slash. And what it lets pass: arguments that are
 * left out. */
#include "check.h"
#include <mqueue.h>
#include <sys/epoll.h>
#include <sys/mman.h>

int main(void)
{
	told("epoll_create(0)", epoll_create(0));
	told("epoll_create(-1)", epoll_create(-1));
	say("epoll_create(1): %d\n", epoll_create(1) >= 0);
	told("mq_open without a slash", mq_open("javix-refused", O_RDWR | O_CREAT, 0600, 0));
	told("mq_open of no name", mq_open("", O_RDWR | O_CREAT, 0600, 0));
	told("mq_unlink without a slash", mq_unlink("javix-refused"));
	told("mq_unlink of no name", mq_unlink(""));
	told("seteuid(-1)", seteuid(-1));
	told("setegid(-1)", setegid(-1));
	told("pathconf of nothing", pathconf("missing", _PC_NAME_MAX));
	told("pathconf", pathconf(".", _PC_NAME_MAX));
	char *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	told("mremap", mremap(page, 4096, 4096, MREMAP_FIXED) == MAP_FAILED ? -1 : 0);
	go_to_memory();
	say("open without a mode: %d\n", open("file", O_CREAT | O_RDWR) >= 0);
	say("openat without a mode: %d\n", openat(AT_FDCWD, "other", O_CREAT | O_RDWR) >= 0);
	return 0;
}
