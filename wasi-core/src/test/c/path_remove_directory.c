/* Only an empty directory is removed. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    write_file("dir/file", "");
    GIVES(__WASI_ERRNO_NOTEMPTY, __wasi_path_remove_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_remove_directory(ROOT, "dir/file"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_remove_directory(ROOT, "dir/file/"));
    WORKS(__wasi_path_unlink_file(ROOT, "dir/file"));
    WORKS(__wasi_path_remove_directory(ROOT, "dir/"));
    CHECK(!exists("dir"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_remove_directory(ROOT, "dir"));
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_path_symlink("dir", ROOT, "link"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_remove_directory(ROOT, "link"));
    return 0;
}
