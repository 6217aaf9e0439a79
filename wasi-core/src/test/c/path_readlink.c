/* A link's target is read, and cut off where the buffer ends. */
#include "check.h"

int main(void) {
    WORKS(__wasi_path_symlink("the/target", ROOT, "link"));
    uint8_t buffer[16];
    __wasi_size_t used;
    memset(buffer, '.', sizeof buffer);
    WORKS(__wasi_path_readlink(ROOT, "link", buffer, sizeof buffer, &used));
    CHECK(used == 10 && memcmp(buffer, "the/target......", 16) == 0);
    memset(buffer, '.', sizeof buffer);
    WORKS(__wasi_path_readlink(ROOT, "link", buffer, 4, &used));
    CHECK(used == 4 && memcmp(buffer, "the/.", 5) == 0);
    write_file("file", "");
    GIVES(__WASI_ERRNO_INVAL, __wasi_path_readlink(ROOT, "file", buffer, sizeof buffer, &used));
    GIVES(__WASI_ERRNO_NOENT, __wasi_path_readlink(ROOT, "none", buffer, sizeof buffer, &used));
    return 0;
}
