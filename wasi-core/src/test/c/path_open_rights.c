/* A new descriptor reads and writes only as asked for, and has every other right that its file can have. */
#include "check.h"

#define REST (__WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_TELL | __WASI_RIGHTS_FD_FILESTAT_GET \
        | __WASI_RIGHTS_FD_FDSTAT_SET_FLAGS | __WASI_RIGHTS_POLL_FD_READWRITE | __WASI_RIGHTS_FD_ADVISE)

static __wasi_rights_t rights(__wasi_fd_t fd) {
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    return stat.fs_rights_base;
}

int main(void) {
    write_file("file", "text");
    __wasi_rights_t both = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE;
    CHECK((rights(open_with(ROOT, "file", 0, 0, 0)) & (both | REST)) == REST);
    __wasi_rights_t reader = rights(open_with(ROOT, "file", 0, __WASI_RIGHTS_FD_READ, 0));
    CHECK((reader & (both | REST)) == (__WASI_RIGHTS_FD_READ | REST));
    CHECK((reader & (__WASI_RIGHTS_FD_FILESTAT_SET_SIZE | __WASI_RIGHTS_FD_ALLOCATE)) == 0);
    __wasi_rights_t writer = rights(open_with(ROOT, "file", 0, __WASI_RIGHTS_FD_WRITE, 0));
    CHECK((writer & (both | REST)) == (__WASI_RIGHTS_FD_WRITE | REST));
    CHECK(writer & __WASI_RIGHTS_FD_FILESTAT_SET_SIZE);
    CHECK((rights(open_with(ROOT, "file", 0, __WASI_RIGHTS_PATH_OPEN, 0)) & __WASI_RIGHTS_PATH_OPEN) == 0);

    __wasi_rights_t directory = rights(open_with(ROOT, ".", 0, __WASI_RIGHTS_FD_SEEK, 0));
    CHECK((directory & (__WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_READ)) == 0);
    CHECK(directory & __WASI_RIGHTS_FD_READDIR);

    __wasi_fdstat_t stat, same;
    __wasi_fd_t fd;
    WORKS(__wasi_fd_fdstat_get(ROOT, &stat));
    WORKS(__wasi_path_open(ROOT, 0, ".", 0, stat.fs_rights_base, stat.fs_rights_inheriting, 0, &fd));
    WORKS(__wasi_fd_fdstat_get(fd, &same));
    CHECK(same.fs_rights_base == stat.fs_rights_base);
    CHECK(same.fs_rights_inheriting == stat.fs_rights_inheriting);
    return 0;
}
