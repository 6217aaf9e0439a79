/* A new descriptor has the rights asked for, as far as its file can have them. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(open_with(ROOT, "file", 0, __WASI_RIGHTS_FD_READ, 0), &stat));
    CHECK(stat.fs_rights_base == __WASI_RIGHTS_FD_READ);
    WORKS(__wasi_fd_fdstat_get(
            open_with(ROOT, "file", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_PATH_OPEN, 0), &stat));
    CHECK(stat.fs_rights_base == __WASI_RIGHTS_FD_READ);
    WORKS(__wasi_fd_fdstat_get(open_with(ROOT, ".", 0, __WASI_RIGHTS_FD_SEEK, 0), &stat));
    CHECK(stat.fs_rights_base == 0);
    WORKS(__wasi_fd_fdstat_get(ROOT, &stat));
    __wasi_fd_t fd;
    WORKS(__wasi_path_open(ROOT, 0, ".", 0, stat.fs_rights_base, stat.fs_rights_inheriting, 0, &fd));
    __wasi_fdstat_t same;
    WORKS(__wasi_fd_fdstat_get(fd, &same));
    CHECK(same.fs_rights_base == stat.fs_rights_base);
    CHECK(same.fs_rights_inheriting == stat.fs_rights_inheriting);
    return 0;
}
