#include <limits.h>
#include <semaphore.h>
#include <string.h>
#include <sys/mman.h>

char *__javix_semaphore_name(const char *, char *);

int sem_unlink(const char *name)
{
	char buf[NAME_MAX + 10];
	char *path = __javix_semaphore_name(name, buf);
	return path ? shm_unlink(strrchr(path, '/')) : -1;
}
