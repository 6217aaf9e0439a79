/* A descriptor's type: file, directory, stream. */
#include "check.h"

int main(void) {
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(create("file"), &stat));
    CHECK(stat.fs_filetype == __WASI_FILETYPE_REGULAR_FILE);
    CHECK(stat.fs_flags == 0);
    WORKS(__wasi_fd_fdstat_get(ROOT, &stat));
    CHECK(stat.fs_filetype == __WASI_FILETYPE_DIRECTORY);
    CHECK(stat.fs_flags == 0);
    CHECK((stat.fs_rights_base & __WASI_RIGHTS_FD_FILESTAT_SET_SIZE) == 0);
    CHECK(stat.fs_rights_inheriting & __WASI_RIGHTS_FD_WRITE);
    WORKS(__wasi_fd_fdstat_get(0, &stat));
    CHECK(stat.fs_filetype == __WASI_FILETYPE_UNKNOWN);
    CHECK(stat.fs_rights_base & __WASI_RIGHTS_FD_READ);
    CHECK((stat.fs_rights_base & __WASI_RIGHTS_FD_WRITE) == 0);
    return 0;
}
