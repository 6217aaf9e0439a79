/* A directory lists itself, its parent and its entries, with type and inode. */
#include "check.h"
#include <dirent.h>

int main(void) {
    write_file("file", "");
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    WORKS(__wasi_path_symlink("file", ROOT, "link"));
    DIR *dir = opendir("/");
    CHECK(dir != NULL);
    struct dirent *entry;
    int seen = 0;
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0) {
            CHECK(entry->d_type == DT_DIR);
            seen |= 1;
        } else if (strcmp(entry->d_name, "..") == 0) {
            CHECK(entry->d_type == DT_DIR);
            seen |= 2;
        } else if (strcmp(entry->d_name, "file") == 0) {
            CHECK(entry->d_type == DT_REG && entry->d_ino == stat_path("file").ino);
            seen |= 4;
        } else if (strcmp(entry->d_name, "dir") == 0) {
            CHECK(entry->d_type == DT_DIR && entry->d_ino == stat_path("dir").ino);
            seen |= 8;
        } else if (strcmp(entry->d_name, "link") == 0) {
            CHECK(entry->d_type == DT_LNK);
            seen |= 16;
        } else {
            CHECK(!"an unknown entry");
        }
    }
    CHECK(seen == 31);
    __wasi_size_t used;
    uint8_t buffer[10];
    CHECK(__wasi_fd_readdir(create("file"), buffer, sizeof buffer, 0, &used) != 0);
    return 0;
}
