/* Flags are set when opening and changed later: with APPEND every write goes to the end. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = open_with(ROOT, "file", __WASI_OFLAGS_CREAT, FILE_RIGHTS, __WASI_FDFLAGS_APPEND);
    __wasi_fdstat_t stat;
    __wasi_filesize_t position;
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    CHECK(stat.fs_flags == __WASI_FDFLAGS_APPEND);
    put(fd, "one");
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    put(fd, "two");
    WORKS(__wasi_fd_tell(fd, &position));
    CHECK(position == 6);
    WORKS(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK));
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    CHECK(stat.fs_flags == __WASI_FDFLAGS_NONBLOCK);
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    put(fd, "ONE");
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(fd), "ONEtwo") == 0);
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_fdstat_set_flags(fd, 32));
    fd = open_with(ROOT, "file", 0, FILE_RIGHTS, __WASI_FDFLAGS_SYNC | __WASI_FDFLAGS_APPEND);
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    CHECK(stat.fs_flags == (__WASI_FDFLAGS_SYNC | __WASI_FDFLAGS_APPEND));
    fd = open_with(ROOT, "file", 0, FILE_RIGHTS, __WASI_FDFLAGS_DSYNC);
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    CHECK(stat.fs_flags == __WASI_FDFLAGS_DSYNC);
    return 0;
}
