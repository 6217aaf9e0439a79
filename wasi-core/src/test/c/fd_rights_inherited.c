/* What a directory may not pass on cannot be asked for through it, and nothing be cut without the right for that. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    __wasi_fd_t dir = open_directory("."), fd;
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(dir, &stat));
    WORKS(__wasi_fd_fdstat_set_rights(
            dir, stat.fs_rights_base & ~__WASI_RIGHTS_PATH_CREATE_FILE & ~__WASI_RIGHTS_PATH_FILESTAT_SET_SIZE,
            stat.fs_rights_inheriting & ~__WASI_RIGHTS_FD_WRITE));
    WORKS(__wasi_path_open(dir, 0, "file", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTCAPABLE, __wasi_path_open(dir, 0, "file", 0, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTCAPABLE, __wasi_path_open(dir, 0, "new", __WASI_OFLAGS_CREAT, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "file", __WASI_OFLAGS_TRUNC, 0, 0, 0, &fd));
    CHECK(stat_path("file").size == 4);
    return 0;
}
