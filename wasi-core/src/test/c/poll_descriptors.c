/* Files and streams are ready at once, with the bytes that a file still has. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "0123456789");
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 4, __WASI_WHENCE_SET, &position));
    __wasi_subscription_t in[4] = {{.userdata = 1}, {.userdata = 2}, {.userdata = 3}, {.userdata = 4}};
    in[0].u.tag = __WASI_EVENTTYPE_FD_READ;
    in[0].u.u.fd_read.file_descriptor = fd;
    in[1].u.tag = __WASI_EVENTTYPE_FD_WRITE;
    in[1].u.u.fd_write.file_descriptor = fd;
    in[2].u.tag = __WASI_EVENTTYPE_CLOCK;
    in[2].u.u.clock.timeout = 60000000000;
    in[3].u.tag = __WASI_EVENTTYPE_FD_WRITE;
    in[3].u.u.fd_write.file_descriptor = 1;
    __wasi_event_t out[4];
    __wasi_size_t count;
    WORKS(__wasi_poll_oneoff(in, out, 4, &count));
    CHECK(count == 3);
    CHECK(out[0].userdata == 1 && out[0].error == 0 && out[0].type == __WASI_EVENTTYPE_FD_READ);
    CHECK(out[0].fd_readwrite.nbytes == 6);
    CHECK(out[1].userdata == 2 && out[1].error == 0 && out[1].type == __WASI_EVENTTYPE_FD_WRITE);
    CHECK(out[2].userdata == 4 && out[2].error == 0);
    return 0;
}
