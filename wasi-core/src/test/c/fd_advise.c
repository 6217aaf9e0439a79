/* Advice is accepted and changes nothing; unknown advice is EINVAL, on a pipe it is ESPIPE. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    for (int advice = 0; advice <= 5; advice++) {
        WORKS(__wasi_fd_advise(fd, 0, 100, advice));
    }
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_advise(fd, 0, 0, 6));
    GIVES(__WASI_ERRNO_SPIPE, __wasi_fd_advise(0, 0, 0, 0));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_advise(99, 0, 0, 0));
    CHECK(stat_path("file").size == 4);
    return 0;
}
