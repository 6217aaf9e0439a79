/* shm_open: memory with a name, between processes that are not related. */
#include "mapping.h"

int main(int count, char **arguments)
{
	if (count > 1) {
		int fd = shm_open("/javix-test", O_RDWR, 0);
		char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		say("other program sees %s\n", p);
		strcpy(p, "answer");
		munmap(p, PAGE);
		return 0;
	}
	shm_unlink("/javix-test");
	int fd = shm_open("/javix-test", O_RDWR | O_CREAT | O_EXCL, 0600);
	say("made %d\n", fd >= 0);
	told("again", shm_open("/javix-test", O_RDWR | O_CREAT | O_EXCL, 0600));
	told("ftruncate", ftruncate(fd, PAGE));
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	strcpy(p, "question");
	pid_t child = fork();
	if (child == 0) {
		execl(arguments[0], arguments[0], "other", (char *)NULL);
		_exit(1);
	}
	reap("other", child);
	say("%s\n", p);
	told("unlink", shm_unlink("/javix-test"));
	told("gone", shm_open("/javix-test", O_RDWR, 0));
	told("unlink again", shm_unlink("/javix-test"));
	say("still %s\n", p);
	told("bad name", shm_open("/a/b", O_RDWR | O_CREAT, 0600));
	told("munmap", munmap(p, PAGE));
	return 0;
}
