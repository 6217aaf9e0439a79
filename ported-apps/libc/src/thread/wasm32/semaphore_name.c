#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>

#define PREFIX "sem."

char *__shm_mapname(const char *, char *);

/* The path of a semaphore; BUF has NAME_MAX + 10 bytes. As on Debian, four bytes of a name are the system's. */
char *__javix_semaphore_name(const char *name, char *buf)
{
	if (!__shm_mapname(name, buf)) return 0;
	char *file = strrchr(buf, '/') + 1;
	size_t length = strlen(file);
	if (length > NAME_MAX - strlen(PREFIX)) {
		errno = ENAMETOOLONG;
		return 0;
	}
	memmove(file + strlen(PREFIX), file, length + 1);
	memcpy(file, PREFIX, strlen(PREFIX));
	return buf;
}
