/* While the flag APPEND is set every write goes to the end; without it, to the position. */
#include "check.h"

static void rewind_fd(__wasi_fd_t fd, __wasi_filedelta_t to) {
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, to, __WASI_WHENCE_SET, &position));
}

int main(void) {
    __wasi_fd_t fd = open_with(ROOT, "file", __WASI_OFLAGS_CREAT,
            __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, __WASI_FDFLAGS_APPEND);
    put(fd, "one");
    rewind_fd(fd, 0);
    put(fd, "two");
    rewind_fd(fd, 0);
    CHECK(strcmp(get(fd), "onetwo") == 0);
    __wasi_ciovec_t vector = {(const uint8_t *)"!", 1};
    __wasi_size_t count;
    WORKS(__wasi_fd_pwrite(fd, &vector, 1, 50, &count));
    CHECK(stat_path("file").size == 7);
    WORKS(__wasi_fd_fdstat_set_flags(fd, 0));
    rewind_fd(fd, 0);
    put(fd, "ONE");
    rewind_fd(fd, 0);
    CHECK(strcmp(get(fd), "ONEtwo!") == 0);
    WORKS(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND));
    rewind_fd(fd, 0);
    put(fd, "?");
    CHECK(stat_path("file").size == 8);
    return 0;
}
