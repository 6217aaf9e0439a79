/* A stream is no directory, has no position, no length and no times. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    __wasi_filestat_t stat;
    __wasi_filesize_t position;
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_open(0, 0, "file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_create_directory(1, "dir"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_filestat_get(0, 0, "file", &stat));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_rename(0, "a", ROOT, "b"));
    GIVES(__WASI_ERRNO_SPIPE, __wasi_fd_tell(0, &position));
    CHECK(__wasi_fd_filestat_set_size(1, 0) != 0);
    CHECK(__wasi_fd_allocate(1, 0, 10) != 0);
    CHECK(__wasi_fd_sync(1) != 0);
    CHECK(__wasi_fd_filestat_set_times(0, 0, 0, __WASI_FSTFLAGS_MTIM_NOW) != 0);
    WORKS(__wasi_fd_filestat_get(0, &stat));
    CHECK(stat.size == 0);
    return 0;
}
