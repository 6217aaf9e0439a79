/* One call fills or empties several buffers, empty ones among them. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    __wasi_ciovec_t out[4] = {
            {(const uint8_t *)"one", 3}, {(const uint8_t *)"", 0}, {(const uint8_t *)"two", 3}, {(const uint8_t *)"", 0}};
    __wasi_size_t count;
    WORKS(__wasi_fd_write(fd, out, 4, &count));
    CHECK(count == 6);
    WORKS(__wasi_fd_write(fd, out, 0, &count));
    CHECK(count == 0);
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    char a[2], b[3], c[8] = "--------";
    __wasi_iovec_t in[4] = {{(uint8_t *)a, 2}, {(uint8_t *)b, 3}, {(uint8_t *)c, 0}, {(uint8_t *)c, 8}};
    WORKS(__wasi_fd_read(fd, in, 4, &count));
    CHECK(count == 6);
    CHECK(memcmp(a, "on", 2) == 0 && memcmp(b, "etw", 3) == 0 && memcmp(c, "o-------", 8) == 0);
    WORKS(__wasi_fd_read(fd, in, 4, &count));
    CHECK(count == 0);
    static __wasi_iovec_t many[1025];
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_read(fd, many, 1025, &count));
    return 0;
}
