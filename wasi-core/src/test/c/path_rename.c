/* Renaming replaces a file by a file and an empty directory by a directory, and nothing else. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    WORKS(__wasi_path_rename(ROOT, "file", ROOT, "other"));
    CHECK(!exists("file") && stat_path("other").size == 4);
    write_file("file", "longer text");
    WORKS(__wasi_path_rename(ROOT, "file", ROOT, "other"));
    CHECK(!exists("file") && stat_path("other").size == 11);
    WORKS(__wasi_path_rename(ROOT, "other", ROOT, "other"));
    CHECK(exists("other"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_rename(ROOT, "none", ROOT, "x"));

    WORKS(__wasi_path_create_directory(ROOT, "a"));
    WORKS(__wasi_path_create_directory(ROOT, "b"));
    GIVES(__WASI_ERRNO_ISDIR, __wasi_path_rename(ROOT, "other", ROOT, "a"));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_rename(ROOT, "a", ROOT, "other"));
    WORKS(__wasi_path_rename(ROOT, "a", ROOT, "b"));
    CHECK(!exists("a"));
    WORKS(__wasi_path_create_directory(ROOT, "a"));
    write_file("b/file", "");
    GIVES(__WASI_ERRNO_NOTEMPTY, __wasi_path_rename(ROOT, "a", ROOT, "b"));
    GIVES(__WASI_ERRNO_INVAL, __wasi_path_rename(ROOT, "b", ROOT, "b/inner"));
    WORKS(__wasi_path_rename(ROOT, "b", open_directory("a"), "moved"));
    CHECK(exists("a/moved/file"));
    return 0;
}
