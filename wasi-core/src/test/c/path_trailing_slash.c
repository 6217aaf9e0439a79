/* A trailing slash is good behind a directory only. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    write_file("file", "");
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_open(ROOT, 0, "file/", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_open(ROOT, 0, "file///", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, "dir/", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, "dir///", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_unlink_file(ROOT, "file/"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_symlink("x", ROOT, "new/"));
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_symlink("x", ROOT, "dir/"));
    WORKS(__wasi_path_rename(ROOT, "dir/", ROOT, "moved"));
    WORKS(__wasi_path_rename(ROOT, "moved", ROOT, "dir/"));
    WORKS(__wasi_path_rename(ROOT, "dir/", ROOT, "moved/"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_rename(ROOT, "file/", ROOT, "x"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_rename(ROOT, "file", ROOT, "x/"));
    return 0;
}
