/* CREAT, EXCL, TRUNC and DIRECTORY do what they say. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_open(ROOT, 0, "file", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
    put(fd, "text");
    WORKS(__wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    CHECK(strcmp(get(fd), "text") == 0);
    GIVES(__WASI_ERRNO_EXIST,
            __wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, "new", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_path_open(ROOT, 0, "x", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_INVAL, __wasi_path_open(ROOT, 0, "file", 16, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_INVAL, __wasi_path_open(ROOT, 0, "file", 0, 0, 0, 32, &fd));
    WORKS(__wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_TRUNC, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
    CHECK(stat_path("file").size == 0);
    return 0;
}
