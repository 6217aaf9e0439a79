#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "syscall.h"
#include "kstat.h"

/* A copy in memory of the C library's own: a program that only asks for the time or a message is not one
 * that maps files. */
const char unsigned *__map_file(const char *pathname, size_t *size)
{
	struct kstat st;
	unsigned char *map = MAP_FAILED;
	int fd = sys_open(pathname, O_RDONLY|O_CLOEXEC|O_NONBLOCK);
	if (fd < 0) return 0;
	if (!syscall(SYS_fstat, fd, &st) && st.st_size > 0) {
		map = __mmap(0, st.st_size, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANON, -1, 0);
		*size = st.st_size;
	}
	for (size_t done = 0; map != MAP_FAILED && done < st.st_size; ) {
		long got = __syscall(SYS_pread64, fd, map+done, st.st_size-done, (off_t)done);
		if (got == -EINTR) continue;
		if (got <= 0) {
			__munmap(map, st.st_size);
			map = MAP_FAILED;
			break;
		}
		done += got;
	}
	__syscall(SYS_close, fd);
	return map == MAP_FAILED ? 0 : map;
}
