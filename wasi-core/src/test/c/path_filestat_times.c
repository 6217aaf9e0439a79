/* Times of a symbolic link are its own. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    WORKS(__wasi_path_symlink("file", ROOT, "link"));
    __wasi_timestamp_t before = stat_path("file").mtim;
    WORKS(__wasi_path_filestat_set_times(ROOT, 0, "link", 0, 5000, __WASI_FSTFLAGS_MTIM));
    CHECK(stat_path("link").mtim == 5000);
    CHECK(stat_path("file").mtim == before);
    WORKS(__wasi_path_filestat_set_times(
            ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "link", 0, 6000, __WASI_FSTFLAGS_MTIM));
    CHECK(stat_path("link").mtim == 5000);
    CHECK(stat_path("file").mtim == 6000);
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_path_filestat_set_times(
                    ROOT, 0, "file", 0, 0, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_filestat_set_times(ROOT, 0, "none", 0, 0, __WASI_FSTFLAGS_MTIM));
    return 0;
}
