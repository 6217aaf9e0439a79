/* A pointer beyond the memory is EFAULT, and the call has no effect. */
#include "check.h"

#define BAD ((void *)0xfffffff0)

int main(void) {
    __wasi_fd_t fd = create("file");
    __wasi_size_t count;
    __wasi_ciovec_t out = {BAD, 100};
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_write(fd, &out, 1, &count));
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_write(fd, BAD, 1, &count));
    out.buf = (const uint8_t *)"x";
    out.buf_len = 0xffffffff;
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_write(fd, &out, 1, &count));
    out.buf_len = 1;
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_write(fd, &out, 1, BAD));
    CHECK(stat_path("file").size == 0);
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_fdstat_get(fd, BAD));
    GIVES(__WASI_ERRNO_FAULT, __wasi_random_get(BAD, 100));
    GIVES(__WASI_ERRNO_FAULT, __wasi_clock_time_get(0, 0, BAD));
    GIVES(__WASI_ERRNO_FAULT, __wasi_path_open(ROOT, 0, "new", __WASI_OFLAGS_CREAT, 0, 0, 0, BAD));
    CHECK(!exists("new"));
    GIVES(__WASI_ERRNO_FAULT, __wasi_fd_readdir(ROOT, BAD, 100, 0, &count));
    GIVES(__WASI_ERRNO_FAULT, __wasi_args_get(BAD, BAD));
    GIVES(__WASI_ERRNO_FAULT, __wasi_poll_oneoff(BAD, BAD, 1, &count));
    return 0;
}
