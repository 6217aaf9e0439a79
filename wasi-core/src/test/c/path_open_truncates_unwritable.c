/* TRUNC needs the directory's right, not the file's to write. */
#include "check.h"

int main(void) {
    write_file("file", "text");
    __wasi_fd_t fd;
    WORKS(__wasi_path_open(ROOT, 0, "file", __WASI_OFLAGS_TRUNC, 0, 0, 0, &fd));
    CHECK(stat_path("file").size == 0);
    return 0;
}
