/* Socket calls on anything else are ENOTSOCK. */
#include "check.h"

/* The libc of Debian 12 does not declare it. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("sock_accept"))) int32_t sock_accept(
        int32_t fd, int32_t flags, __wasi_fd_t *accepted);

int main(void) {
    uint8_t buffer[4];
    __wasi_iovec_t in = {buffer, 4};
    __wasi_ciovec_t out = {buffer, 4};
    __wasi_size_t count;
    __wasi_roflags_t flags;
    __wasi_fd_t fd;
    GIVES(__WASI_ERRNO_NOTSOCK, __wasi_sock_recv(0, &in, 1, 0, &count, &flags));
    GIVES(__WASI_ERRNO_NOTSOCK, __wasi_sock_send(1, &out, 1, 0, &count));
    GIVES(__WASI_ERRNO_NOTSOCK, __wasi_sock_shutdown(1, __WASI_SDFLAGS_RD));
    GIVES(__WASI_ERRNO_NOTSOCK, sock_accept(create("file"), 0, &fd));
    GIVES(__WASI_ERRNO_BADF, __wasi_sock_shutdown(99, __WASI_SDFLAGS_RD));
    return 0;
}
