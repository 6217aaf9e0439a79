/* Times are set to a value, to now, or left alone; contradictions are EINVAL. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    __wasi_filestat_t before = stat_path("file"), after;
    WORKS(__wasi_fd_filestat_set_times(fd, 1000000001, 2000000002, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
    after = stat_path("file");
    CHECK(after.atim == 1000000001 && after.mtim == 2000000002);
    CHECK(after.ctim >= before.ctim);
    WORKS(__wasi_fd_filestat_set_times(fd, 5, 7000, __WASI_FSTFLAGS_MTIM));
    after = stat_path("file");
    CHECK(after.atim == 1000000001 && after.mtim == 7000);
    WORKS(__wasi_fd_filestat_set_times(fd, 5, 5, __WASI_FSTFLAGS_ATIM_NOW));
    after = stat_path("file");
    CHECK(after.atim >= before.atim && after.mtim == 7000);
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_fd_filestat_set_times(fd, 0, 0, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW));
    GIVES(__WASI_ERRNO_INVAL,
            __wasi_fd_filestat_set_times(fd, 0, 0, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW));
    GIVES(__WASI_ERRNO_INVAL, __wasi_fd_filestat_set_times(fd, 0, 0, 16));
    CHECK(stat_path("file").mtim == 7000);
    return 0;
}
