/* A directory is opened with any rights but to write, and without blocking. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    WORKS(__wasi_path_open(ROOT, 0, ".", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, ".", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, ".", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    WORKS(__wasi_path_open(ROOT, 0, ".", 0, 0, 0, __WASI_FDFLAGS_NONBLOCK, &fd));
    GIVES(__WASI_ERRNO_ISDIR,
            __wasi_path_open(ROOT, 0, ".", __WASI_OFLAGS_DIRECTORY,
                    __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(ROOT, &stat));
    CHECK(stat.fs_filetype == __WASI_FILETYPE_DIRECTORY && stat.fs_flags == 0);

    /* What is opened without asking for anything can be listed and opened through. */
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    write_file("dir/file", "text");
    WORKS(__wasi_path_open(ROOT, 0, "dir", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
    uint8_t entries[512];
    __wasi_size_t used;
    WORKS(__wasi_fd_readdir(fd, entries, sizeof entries, 0, &used));
    CHECK(used == 3 * 24 + 1 + 2 + 4);
    CHECK(strcmp(get(open_with(fd, "file", 0, __WASI_RIGHTS_FD_READ, 0)), "text") == 0);
    WORKS(__wasi_path_link(fd, 0, "file", fd, "second"));
    WORKS(__wasi_path_unlink_file(fd, "second"));
    return 0;
}
