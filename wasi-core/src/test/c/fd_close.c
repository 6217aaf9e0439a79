/* A closed descriptor is EBADF, also when closed again; its number is used next. */
#include "check.h"

int main(void) {
    __wasi_fd_t first = create("a"), second = create("b");
    CHECK(first == 4 && second == 5);
    WORKS(__wasi_fd_close(first));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_close(first));
    __wasi_fdstat_t stat;
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_fdstat_get(first, &stat));
    WORKS(__wasi_fd_fdstat_get(second, &stat));
    CHECK(create("c") == first);
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_close(0xffffffff));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_close(0x7fffffff));
    return 0;
}
