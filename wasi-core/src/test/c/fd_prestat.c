/* The preopened directory has its name; other descriptors have none. */
#include "check.h"

int main(void) {
    __wasi_prestat_t prestat;
    WORKS(__wasi_fd_prestat_get(ROOT, &prestat));
    CHECK(prestat.tag == __WASI_PREOPENTYPE_DIR);
    CHECK(prestat.u.dir.pr_name_len == 1);
    uint8_t name[4] = "....";
    WORKS(__wasi_fd_prestat_dir_name(ROOT, name, 4));
    CHECK(memcmp(name, "/...", 4) == 0);
    GIVES(__WASI_ERRNO_NAMETOOLONG, __wasi_fd_prestat_dir_name(ROOT, name, 0));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_prestat_get(0, &prestat));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_prestat_get(4, &prestat));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_prestat_get(open_directory("."), &prestat));
    return 0;
}
