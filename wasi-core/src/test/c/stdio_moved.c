/* Standard streams move to other descriptors, which have no size and no times of their own. */
#include "check.h"

int main(void) {
    for (__wasi_fd_t stream = 0; stream < 3; stream++) {
        __wasi_filestat_t stat;
        WORKS(__wasi_fd_filestat_get(stream, &stat));
        CHECK(stat.size == 0 && stat.atim == 0 && stat.mtim == 0 && stat.ctim == 0);
        __wasi_fd_t fd = create("file");
        WORKS(__wasi_fd_renumber(stream, fd));
        __wasi_fdstat_t moved;
        WORKS(__wasi_fd_fdstat_get(fd, &moved));
        CHECK(moved.fs_filetype != __WASI_FILETYPE_REGULAR_FILE);
        GIVES(__WASI_ERRNO_BADF, __wasi_fd_fdstat_get(stream, &moved));
        WORKS(__wasi_path_unlink_file(ROOT, "file"));
    }
    return 0;
}
