/* A preopened directory can be closed; what was opened through it stays open. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    WORKS(__wasi_fd_close(ROOT));
    GIVES(__WASI_ERRNO_BADF, __wasi_path_create_directory(ROOT, "dir"));
    __wasi_prestat_t prestat;
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_prestat_get(ROOT, &prestat));
    put(fd, "more");
    return 0;
}
