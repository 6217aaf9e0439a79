/* The times of a link are its own; following it sets those of its file. */
#include "check.h"

static __wasi_timestamp_t mtime(const char *path, __wasi_lookupflags_t flags) {
    __wasi_filestat_t stat;
    WORKS(__wasi_path_filestat_get(ROOT, flags, path, &stat));
    return stat.mtim;
}

int main(void) {
    write_file("file", "");
    WORKS(__wasi_path_symlink("file", ROOT, "link"));
    __wasi_timestamp_t file = mtime("file", 0), link = mtime("link", 0);
    WORKS(__wasi_path_filestat_set_times(ROOT, 0, "link", 0, link - 200, __WASI_FSTFLAGS_MTIM));
    CHECK(mtime("link", 0) == link - 200);
    CHECK(mtime("file", 0) == file);
    CHECK(mtime("link", __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW) == file);
    WORKS(__wasi_path_filestat_set_times(
            ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "link", 0, 1234567890123456789, __WASI_FSTFLAGS_MTIM));
    CHECK(mtime("file", 0) == 1234567890123456789);
    CHECK(mtime("link", 0) == link - 200);
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_path_filestat_set_times(
                    ROOT, 0, "file", 0, 0, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW));
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_path_filestat_set_times(
                    ROOT, 0, "file", 0, 0, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW));
    CHECK(mtime("file", 0) == 1234567890123456789);
    return 0;
}
