/* No path leads out of the directory that it starts from: no absolute one, no "..". */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_path_create_directory(ROOT, "dir/inner"));
    write_file("file", "outside");
    write_file("dir/inner/file", "inside");
    __wasi_fd_t dir = open_directory("dir"), fd;
    __wasi_filestat_t stat;
    __wasi_size_t used;
    uint8_t buffer[16];

    WORKS(__wasi_path_open(dir, 0, "inner/.//..//inner/../inner///./file", 0, 0, 0, 0, &fd));
    WORKS(__wasi_path_open(dir, 0, "inner/..", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "..", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "../file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "../dir/inner/file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "inner/../../file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "/inner/file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(ROOT, 0, "..", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(ROOT, 0, "/file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "../new", __WASI_OFLAGS_CREAT, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_create_directory(dir, "../new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_filestat_get(dir, 0, "../file", &stat));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_filestat_set_times(dir, 0, "../file", 0, 0, 0));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_link(dir, 0, "../file", dir, "new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_link(dir, 0, "inner/file", dir, "../new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_readlink(dir, "../file", buffer, sizeof buffer, &used));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_remove_directory(dir, "../dir"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_rename(dir, "../file", dir, "new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_rename(dir, "inner/file", dir, "../new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_symlink("file", dir, "../new"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_unlink_file(dir, "../file"));
    CHECK(!exists("new") && exists("file") && exists("dir/inner/file"));
    return 0;
}
