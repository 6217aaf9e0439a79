/* A name is removed, the file stays while it is open; a directory is not removed. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    WORKS(__wasi_path_unlink_file(ROOT, "file"));
    CHECK(!exists("file"));
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(fd), "text") == 0);
    __wasi_filestat_t stat;
    WORKS(__wasi_fd_filestat_get(fd, &stat));
    CHECK(stat.nlink == 0);
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_unlink_file(ROOT, "file"));
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    GIVES(__WASI_ERRNO_ISDIR, __wasi_path_unlink_file(ROOT, "dir"));
    GIVES(__WASI_ERRNO_ISDIR, __wasi_path_unlink_file(ROOT, "dir/"));
    WORKS(__wasi_path_symlink("dir", ROOT, "link"));
    WORKS(__wasi_path_unlink_file(ROOT, "link"));
    CHECK(exists("dir") && !exists("link"));
    return 0;
}
