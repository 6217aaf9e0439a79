/* What is wrong with one subscription is its event's error; no subscription is EINVAL. */
#include "check.h"

int main(void) {
    __wasi_subscription_t in[3] = {{.userdata = 1}, {.userdata = 2}, {.userdata = 3}};
    __wasi_fd_t fd = create("file");
    WORKS(__wasi_fd_fdstat_set_rights(fd, __WASI_RIGHTS_FD_READ, 0));
    in[0].u.tag = __WASI_EVENTTYPE_FD_READ;
    in[0].u.u.fd_read.file_descriptor = 99;
    in[1].u.tag = __WASI_EVENTTYPE_CLOCK;
    in[1].u.u.clock.id = 77;
    in[2].u.tag = __WASI_EVENTTYPE_FD_READ;
    in[2].u.u.fd_read.file_descriptor = fd;
    __wasi_event_t out[3];
    __wasi_size_t count;
    WORKS(__wasi_poll_oneoff(in, out, 3, &count));
    CHECK(count == 3);
    CHECK(out[0].userdata == 1 && out[0].error == __WASI_ERRNO_BADF);
    CHECK(out[1].userdata == 2 && out[1].error == __WASI_ERRNO_INVAL);
    CHECK(out[2].userdata == 3 && out[2].error == __WASI_ERRNO_NOTCAPABLE);
    GIVES(__WASI_ERRNO_INVAL, __wasi_poll_oneoff(in, out, 0, &count));
    in[0].u.tag = 3;
    GIVES(__WASI_ERRNO_INVAL, __wasi_poll_oneoff(in, out, 1, &count));
    return 0;
}
