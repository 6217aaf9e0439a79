/* Writing nothing beyond the end changes nothing; writing a byte there makes a hole, and no position moves. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = open_with(
            ROOT, "file", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, 0);
    __wasi_ciovec_t vector = {(const uint8_t *)"x", 0};
    __wasi_size_t count;
    __wasi_filesize_t position;
    WORKS(__wasi_fd_pwrite(fd, &vector, 1, 50, &count));
    CHECK(count == 0 && stat_path("file").size == 0);
    vector.buf_len = 1;
    WORKS(__wasi_fd_pwrite(fd, &vector, 1, 50, &count));
    CHECK(count == 1 && stat_path("file").size == 51);
    WORKS(__wasi_fd_tell(fd, &position));
    CHECK(position == 0);
    char hole[52];
    __wasi_iovec_t halves[2] = {{(uint8_t *)hole, 20}, {(uint8_t *)hole + 20, 32}};
    WORKS(__wasi_fd_pread(fd, halves, 2, 0, &count));
    CHECK(count == 51 && hole[0] == 0 && hole[49] == 0 && hole[50] == 'x');
    WORKS(__wasi_fd_pread(fd, halves, 1, 51, &count));
    CHECK(count == 0);
    return 0;
}
