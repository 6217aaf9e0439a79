/* Thousands of files are opened one after the other, and a name is free again once its file is unlinked. */
#include "check.h"

int main(void) {
    __wasi_fd_t first = create("file");
    WORKS(__wasi_fd_close(first));
    for (int i = 0; i < 3000; i++) {
        __wasi_fd_t fd = open_with(ROOT, "file", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, 0);
        CHECK(fd == first);
        put(fd, "x");
        WORKS(__wasi_fd_close(fd));
    }
    __wasi_fd_t open = create("file");
    put(open, "still here");
    WORKS(__wasi_path_unlink_file(ROOT, "file"));
    CHECK(!exists("file"));
    __wasi_fd_t fresh = open_with(ROOT, "file", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, FILE_RIGHTS, 0);
    CHECK(stat_path("file").size == 0);
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(open, 0, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(open), "still here") == 0);
    WORKS(__wasi_fd_close(fresh));

    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    __wasi_fd_t dir = open_directory("dir");
    WORKS(__wasi_path_remove_directory(ROOT, "dir"));
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_fd_close(dir));
    return 0;
}
