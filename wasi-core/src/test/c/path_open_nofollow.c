/* A symbolic link is followed only when the caller says so. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_path_symlink("file", ROOT, "link"));
    WORKS(__wasi_path_symlink("dir", ROOT, "dirlink"));
    write_file("dir/inner", "inner");
    __wasi_fd_t fd;
    GIVES(__WASI_ERRNO_LOOP, __wasi_path_open(ROOT, 0, "link", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(
            ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "link", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    CHECK(strcmp(get(fd), "text") == 0);
    CHECK(__wasi_path_open(ROOT, 0, "dirlink", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd) != 0);
    WORKS(__wasi_path_open(ROOT, 0, "dirlink/inner", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(
            ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "dirlink", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR,
            __wasi_path_open(
                    ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "link", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    return 0;
}
