/* Attributes of a symbolic link, and of what it leads to. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    WORKS(__wasi_path_symlink("file", ROOT, "link"));
    __wasi_filestat_t stat;
    WORKS(__wasi_path_filestat_get(ROOT, 0, "link", &stat));
    CHECK(stat.filetype == __WASI_FILETYPE_SYMBOLIC_LINK && stat.size == 4);
    WORKS(__wasi_path_filestat_get(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "link", &stat));
    CHECK(stat.filetype == __WASI_FILETYPE_REGULAR_FILE && stat.ino == stat_path("file").ino);
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_filestat_get(ROOT, 0, "none", &stat));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_filestat_get(ROOT, 0, "file/x", &stat));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_filestat_get(ROOT, 0, "file/", &stat));
    GIVES(__WASI_ERRNO_INVAL, __wasi_path_filestat_get(ROOT, 2, "file", &stat));
    GIVES(__WASI_ERRNO_BADF, __wasi_path_filestat_get(99, 0, "file", &stat));
    return 0;
}
