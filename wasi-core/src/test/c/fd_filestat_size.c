/* A file is cut off, and made longer with zeros. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "long text");
    WORKS(__wasi_fd_filestat_set_size(fd, 4));
    WORKS(__wasi_fd_filestat_set_size(fd, 6));
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    CHECK(memcmp(get(fd), "long\0\0", 7) == 0);
    CHECK(stat_path("file").size == 6);
    GIVES(__WASI_ERRNO_FBIG, __wasi_fd_filestat_set_size(fd, UINT64_MAX));
    CHECK(__wasi_fd_filestat_set_size(ROOT, 0) != 0);
    return 0;
}
