/* A directory can be neither read nor written as a file. */
#include "check.h"

int main(void) {
    char buffer[4];
    __wasi_iovec_t in = {(uint8_t *)buffer, 4};
    __wasi_ciovec_t out = {(uint8_t *)buffer, 4};
    __wasi_size_t count;
    __wasi_filesize_t position;
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_read(ROOT, &in, 1, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_pread(ROOT, &in, 1, 0, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_write(ROOT, &out, 1, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_pwrite(ROOT, &out, 1, 0, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_tell(ROOT, &position));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_allocate(ROOT, 0, 1));
    __wasi_fd_t fd;
    GIVES(__WASI_ERRNO_ISDIR,
            __wasi_path_open(ROOT, 0, ".", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
    return 0;
}
