/* Allocating makes a file longer, never shorter, and keeps what is in it. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    WORKS(__wasi_fd_allocate(fd, 0, 100));
    CHECK(stat_path("file").size == 100);
    WORKS(__wasi_fd_allocate(fd, 10, 10));
    CHECK(stat_path("file").size == 100);
    WORKS(__wasi_fd_allocate(fd, 90, 20));
    CHECK(stat_path("file").size == 110);
    __wasi_filesize_t position;
    WORKS(__wasi_fd_tell(fd, &position));
    CHECK(position == 4);
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(fd), "text") == 0);
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_allocate(fd, 0, 0));
    return 0;
}
