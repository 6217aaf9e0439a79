/* A file gets a second name; a directory does not; a link to a link is one to the link itself. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    WORKS(__wasi_path_link(ROOT, 0, "file", ROOT, "second"));
    CHECK(stat_path("second").ino == stat_path("file").ino);
    CHECK(stat_path("file").nlink == 2);
    WORKS(__wasi_path_unlink_file(ROOT, "file"));
    CHECK(stat_path("second").nlink == 1 && stat_path("second").size == 4);
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_link(ROOT, 0, "second", ROOT, "second"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_link(ROOT, 0, "none", ROOT, "x"));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_link(ROOT, 0, "second", ROOT, "x/"));
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_link(ROOT, 0, "dir", ROOT, "x"));
    WORKS(__wasi_path_symlink("none", ROOT, "dangling"));
    WORKS(__wasi_path_link(ROOT, 0, "dangling", open_directory("dir"), "copy"));
    CHECK(stat_path("dir/copy").filetype == __WASI_FILETYPE_SYMBOLIC_LINK);
    GIVES(__WASI_ERRNO_NOENT,
            __wasi_path_link(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "dangling", ROOT, "x"));
    GIVES(__WASI_ERRNO_EXIST, __wasi_path_link(ROOT, 0, "second", ROOT, "dangling"));
    return 0;
}
