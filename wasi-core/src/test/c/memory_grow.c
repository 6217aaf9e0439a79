/* Pointers stay good when the memory grows between calls. */
#include "check.h"

int main(void) {
    for (int i = 0; i < 40; i++) {
        size_t size = 1 << 18;
        char *block = malloc(size);
        CHECK(block != NULL);
        memset(block, 'a' + i % 26, size);
        __wasi_fd_t fd = open_with(ROOT, "file", __WASI_OFLAGS_CREAT, FILE_RIGHTS, __WASI_FDFLAGS_APPEND);
        __wasi_ciovec_t vector = {(uint8_t *)block, size};
        __wasi_size_t count;
        WORKS(__wasi_fd_write(fd, &vector, 1, &count));
        CHECK(count == size);
        WORKS(__wasi_fd_close(fd));
    }
    CHECK(stat_path("file").size == 40 << 18);
    return 0;
}
