/* Unlinking a directory is EISDIR, removing a file as a directory ENOTDIR, with and without a slash behind. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_ISDIR, __wasi_path_unlink_file(ROOT, "dir"));
    GIVES(__WASI_ERRNO_ISDIR, __wasi_path_unlink_file(ROOT, "dir/"));
    WORKS(__wasi_path_remove_directory(ROOT, "dir/"));
    write_file("file", "");
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_remove_directory(ROOT, "file"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_remove_directory(ROOT, "file/"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_unlink_file(ROOT, "file/"));
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_symlink("x", ROOT, "file/"));
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_symlink("x", ROOT, "file"));
    WORKS(__wasi_path_unlink_file(ROOT, "file"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_unlink_file(ROOT, "file"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_remove_directory(ROOT, "file"));
    return 0;
}
