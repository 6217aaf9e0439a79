/* A descriptor moves over another one, which must be open, with its rights. */
#include "check.h"

int main(void) {
    __wasi_fd_t a = create("a"), b = create("b");
    put(a, "in a");
    __wasi_fdstat_t before, after;
    WORKS(__wasi_fd_fdstat_set_rights(a, __WASI_RIGHTS_FD_WRITE, 0));
    WORKS(__wasi_fd_fdstat_get(a, &before));
    WORKS(__wasi_fd_renumber(a, b));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_close(a));
    WORKS(__wasi_fd_fdstat_get(b, &after));
    CHECK(before.fs_rights_base == after.fs_rights_base);
    put(b, " too");
    CHECK(stat_path("a").size == 8);
    CHECK(stat_path("b").size == 0);
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_renumber(b, a));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_renumber(a, b));
    WORKS(__wasi_fd_renumber(b, b));
    put(b, "!");
    WORKS(__wasi_fd_renumber(b, 1));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_close(b));
    put(1, "into a");
    CHECK(stat_path("a").size == 15);
    return 0;
}
