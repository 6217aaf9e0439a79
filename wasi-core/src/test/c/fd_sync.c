/* Files and directories can be synchronised. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    WORKS(__wasi_fd_sync(fd));
    WORKS(__wasi_fd_datasync(fd));
    WORKS(__wasi_fd_sync(open_directory(".")));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_sync(99));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_datasync(99));
    return 0;
}
