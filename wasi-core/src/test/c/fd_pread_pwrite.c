/* Reading and writing at an offset leaves the position alone. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "0123456789");
    char buffer[8] = {0};
    __wasi_iovec_t in[2] = {{(uint8_t *)buffer, 2}, {(uint8_t *)buffer + 2, 2}};
    __wasi_size_t count;
    WORKS(__wasi_fd_pread(fd, in, 2, 3, &count));
    CHECK(count == 4 && strcmp(buffer, "3456") == 0);
    WORKS(__wasi_fd_pread(fd, in, 2, 8, &count));
    CHECK(count == 2);
    WORKS(__wasi_fd_pread(fd, in, 2, 100, &count));
    CHECK(count == 0);
    __wasi_ciovec_t out[2] = {{(const uint8_t *)"ab", 2}, {(const uint8_t *)"cd", 2}};
    WORKS(__wasi_fd_pwrite(fd, out, 2, 12, &count));
    CHECK(count == 4);
    __wasi_filesize_t position;
    WORKS(__wasi_fd_tell(fd, &position));
    CHECK(position == 10);
    CHECK(memcmp(get(fd), "\0\0abcd", 7) == 0);
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_pread(fd, in, 2, UINT64_MAX, &count));
    GIVES(__WASI_ERRNO_SPIPE, __wasi_fd_pread(0, in, 2, 0, &count));
    return 0;
}
