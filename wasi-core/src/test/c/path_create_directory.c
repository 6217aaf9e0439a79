/* Directories are made, also with a trailing slash, but not where something is. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    CHECK(stat_path("dir").filetype == __WASI_FILETYPE_DIRECTORY);
    WORKS(__wasi_path_create_directory(ROOT, "dir/inner/"));
    CHECK(stat_path("dir/inner").filetype == __WASI_FILETYPE_DIRECTORY);
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_create_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_create_directory(ROOT, "none/dir"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_create_directory(ROOT, ""));
    write_file("file", "");
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_create_directory(ROOT, "file"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_create_directory(ROOT, "file/dir"));
    return 0;
}
