/* No symbolic link leads out of the directory that a path starts from. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_path_create_directory(ROOT, "dir/inner"));
    write_file("file", "outside");
    write_file("dir/file", "inside");
    __wasi_fd_t dir = open_directory("dir"), fd;
    __wasi_filestat_t stat;

    WORKS(__wasi_path_symlink("../file", dir, "up"));
    WORKS(__wasi_path_symlink("..", dir, "parent"));
    WORKS(__wasi_path_symlink("../file", dir, "inner/within"));
    WORKS(__wasi_path_symlink("up", dir, "chain"));

    GIVES(__WASI_ERRNO_PERM,
            __wasi_path_open(dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "up", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM,
            __wasi_path_open(dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "chain", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM,
            __wasi_path_filestat_get(dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "up", &stat));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_open(dir, 0, "parent/file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_unlink_file(dir, "parent/file"));
    GIVES(__WASI_ERRNO_PERM,
            __wasi_path_open(
                    dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "up", __WASI_OFLAGS_CREAT, 0, 0, 0, &fd));

    /* A link that goes up and stays inside is followed; so is the same one seen from further up. */
    WORKS(__wasi_path_open(
            dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "inner/within", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    CHECK(strcmp(get(fd), "inside") == 0);
    WORKS(__wasi_path_open(
            ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "dir/chain", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    CHECK(strcmp(get(fd), "outside") == 0);
    return 0;
}
