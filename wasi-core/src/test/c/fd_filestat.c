/* A file's attributes through its descriptor and through its path are the same. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    __wasi_filestat_t a, b = stat_path("file");
    WORKS(__wasi_fd_filestat_get(fd, &a));
    CHECK(memcmp(&a, &b, sizeof a) == 0);
    CHECK(a.filetype == __WASI_FILETYPE_REGULAR_FILE);
    CHECK(a.size == 4 && a.nlink == 1 && a.ino != 0);
    CHECK(a.mtim > 1700000000000000000ull && a.ctim >= a.mtim);
    WORKS(__wasi_fd_filestat_get(ROOT, &a));
    CHECK(a.filetype == __WASI_FILETYPE_DIRECTORY);
    CHECK(a.dev == b.dev && a.ino != b.ino);
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_filestat_get(99, &a));
    return 0;
}
