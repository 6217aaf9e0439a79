/* A preopened directory can be closed, and another descriptor can take its number. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    __wasi_fd_t dir = open_directory("dir"), again = open_directory("dir");
    __wasi_filestat_t before, after;
    __wasi_prestat_t prestat;
    WORKS(__wasi_fd_filestat_get(dir, &before));
    WORKS(__wasi_fd_renumber(dir, ROOT));
    WORKS(__wasi_fd_filestat_get(ROOT, &after));
    CHECK(before.dev == after.dev && before.ino == after.ino);
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_filestat_get(dir, &before));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_prestat_get(ROOT, &prestat));
    WORKS(__wasi_fd_close(ROOT));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_filestat_get(ROOT, &before));
    WORKS(__wasi_fd_filestat_get(again, &after));
    return 0;
}
