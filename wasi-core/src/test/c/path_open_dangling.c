/* A dangling link, and one to itself, are opened neither as a file nor as a directory. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    WORKS(__wasi_path_symlink("none", ROOT, "dangling"));
    __wasi_errno_t directory = __wasi_path_open(ROOT, 0, "dangling", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd);
    CHECK(directory == __WASI_ERRNO_NOTDIR || directory == __WASI_ERRNO_LOOP);
    GIVES(__WASI_ERRNO_LOOP, __wasi_path_open(ROOT, 0, "dangling", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOENT,
            __wasi_path_open(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "dangling", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_EXIST,
            __wasi_path_open(
                    ROOT, 0, "dangling", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, 0, 0, 0, &fd));
    WORKS(__wasi_path_symlink("self", ROOT, "self"));
    GIVES(__WASI_ERRNO_LOOP, __wasi_path_open(ROOT, 0, "self", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_LOOP,
            __wasi_path_open(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "self", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_link(ROOT, 0, "self", ROOT, "hard"));
    WORKS(__wasi_path_unlink_file(ROOT, "self"));
    WORKS(__wasi_path_unlink_file(ROOT, "hard"));
    return 0;
}
