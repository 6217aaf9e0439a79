/* Symbolic links that lead in a circle are ELOOP. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd;
    WORKS(__wasi_path_symlink("b", ROOT, "a"));
    WORKS(__wasi_path_symlink("a", ROOT, "b"));
    WORKS(__wasi_path_symlink("self", ROOT, "self"));
    GIVES(__WASI_ERRNO_LOOP,
            __wasi_path_open(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "a", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_LOOP, __wasi_path_open(ROOT, 0, "self/file", 0, 0, 0, 0, &fd));
    GIVES(__WASI_ERRNO_LOOP, __wasi_path_open(ROOT, 0, "self", 0, 0, 0, 0, &fd));
    return 0;
}
