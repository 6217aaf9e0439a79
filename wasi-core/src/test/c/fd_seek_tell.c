/* The position moves from the start, from where it is, and from the end, also beyond it. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "0123456789");
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 3, __WASI_WHENCE_SET, &position));
    CHECK(position == 3);
    WORKS(__wasi_fd_seek(fd, 2, __WASI_WHENCE_CUR, &position));
    CHECK(position == 5);
    CHECK(strcmp(get(fd), "56789") == 0);
    WORKS(__wasi_fd_seek(fd, -1, __WASI_WHENCE_END, &position));
    CHECK(position == 9);
    WORKS(__wasi_fd_tell(fd, &position));
    CHECK(position == 9);
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_seek(fd, -10, __WASI_WHENCE_CUR, &position));
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_seek(fd, 0, 3, &position));
    WORKS(__wasi_fd_seek(fd, 100, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(fd), "") == 0);
    put(fd, "x");
    CHECK(stat_path("file").size == 101);
    GIVES(__WASI_ERRNO_SPIPE, __wasi_fd_seek(0, 0, __WASI_WHENCE_SET, &position));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_seek(ROOT, 0, __WASI_WHENCE_SET, &position));
    return 0;
}
