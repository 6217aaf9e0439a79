/* Paths that are empty, too long, or have a NUL in them; and a file as the directory. */
#include "check.h"

/* As the libc declares it, but with the path's length given. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open"))) int32_t raw_path_open(
        int32_t fd, int32_t dirflags, const char *path, int32_t length, int32_t oflags, int64_t base,
        int64_t inheriting, int32_t fdflags, __wasi_fd_t *opened);

int main(void) {
    __wasi_fd_t fd, file = create("file");
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_open(ROOT, 0, "", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_INVAL, raw_path_open(ROOT, 0, "file\0", 5, 0, 0, 0, 0, &fd));
    WORKS(raw_path_open(ROOT, 0, "file and more", 4, 0, 0, 0, 0, &fd));
    char longer[5001];
    memset(longer, 'x', 300);
    longer[300] = 0;
    GIVES(__WASI_ERRNO_NAMETOOLONG, __wasi_path_open(ROOT, 0, longer, 0, 0, 0, 0, &fd));
    for (int i = 0; i < 5000; i += 2) {
        memcpy(longer + i, "./", 3);
    }
    GIVES(__WASI_ERRNO_NAMETOOLONG, __wasi_path_open(ROOT, 0, longer, 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_NOTDIR, __wasi_path_open(file, 0, "x", __WASI_OFLAGS_CREAT, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_BADF, __wasi_path_open(99, 0, "x", 0, 0, 0, 0, &fd));
    return 0;
}
