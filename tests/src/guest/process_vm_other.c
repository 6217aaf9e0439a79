/* process_vm_readv and process_vm_writev: another process's memory, by its addresses. */
#include "mapping.h"
#include <sys/uio.h>

static long transfer(int writes, pid_t pid, void *mine, size_t length, void *theirs, size_t size)
{
	struct iovec here = {mine, length}, there = {theirs, size};
	errno = 0;
	return writes ? process_vm_writev(pid, &here, 1, &there, 1, 0) : process_vm_readv(pid, &here, 1, &there, 1, 0);
}

static void show(const char *what, long result)
{
	say("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
	int ready[2], go[2];
	pipe(ready);
	pipe(go);
	char *p = pages(8);
	char byte = 0;
	pid_t child = fork();
	if (child == 0) {
		memset(p, 'c', 4 * PAGE);
		munmap(p + 4 * PAGE, PAGE);
		mprotect(p + 5 * PAGE, PAGE, PROT_READ);
		write(ready[1], "", 1);
		read(go[0], &byte, 1);
		say("child has %c %c %c\n", p[0], p[100], p[3 * PAGE]);
		if (setuid(1000)) _exit(1);
		show("of root", transfer(0, getppid(), p, 10, p, 10));
		_exit(0);
	}
	read(ready[0], &byte, 1);
	static char mine[4 * PAGE];
	show("read", transfer(0, child, mine, 3 * PAGE, p, 3 * PAGE));
	say("%c %c, own %d\n", mine[0], mine[3 * PAGE - 1], p[0]);
	show("up to a hole", transfer(0, child, mine, 3 * PAGE, p + 2 * PAGE, 3 * PAGE));
	show("hole", transfer(0, child, mine, 10, p + 4 * PAGE, 10));
	memset(mine, 'w', sizeof mine);
	show("write", transfer(1, child, mine, 50, p + 70, 50));
	show("write to what is only read", transfer(1, child, mine, 50, p + 5 * PAGE, 50));
	show("bad own", transfer(0, child, (void *)16, 50, p, 50));
	struct iovec here[3] = {{mine, 3}, {mine + 10, 0}, {mine + 20, 100}}, there[2] = {{p, 60}, {p + 3 * PAGE, 20}};
	show("vectors", process_vm_readv(child, here, 3, there, 2, 0));
	say("%.3s %.10s\n", mine, mine + 90);
	show("flags", process_vm_readv(child, here, 1, there, 1, 1));
	show("too many", process_vm_readv(child, here, 1025, there, 1, 0));
	show("nothing", process_vm_readv(child, NULL, 0, there, 2, 0));
	show("own", transfer(0, getpid(), mine, 10, p, 10));
	write(go[1], "", 1);
	reap("child", child);
	show("nobody", transfer(0, child, mine, 10, p, 10));
	return 0;
}
