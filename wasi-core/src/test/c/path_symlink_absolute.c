/* A symbolic link to an absolute path cannot be made. */
#include "check.h"

int main(void) {
    GIVES(__WASI_ERRNO_PERM, __wasi_path_symlink("/", ROOT, "link"));
    GIVES(__WASI_ERRNO_PERM, __wasi_path_symlink("/etc/passwd", ROOT, "link"));
    CHECK(!exists("link"));
    return 0;
}
