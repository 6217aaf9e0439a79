/* A directory of a thousand files is listed whole, once each, through a buffer that holds a few. */
#include "check.h"

#define FILES 1000

static char seen[FILES];

int main(void) {
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    __wasi_fd_t dir = open_directory("dir"), fd;
    char name[32];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "file.%d", i);
        WORKS(__wasi_path_open(dir, 0, name, __WASI_OFLAGS_CREAT, 0, 0, 0, &fd));
        WORKS(__wasi_fd_close(fd));
    }
    uint8_t buffer[256];
    __wasi_dircookie_t cookie = 0;
    __wasi_size_t used;
    int total = 0;
    do {
        WORKS(__wasi_fd_readdir(dir, buffer, sizeof buffer, cookie, &used));
        for (uint8_t *at = buffer; at + sizeof(__wasi_dirent_t) <= buffer + used;) {
            __wasi_dirent_t entry;
            memcpy(&entry, at, sizeof entry);
            at += sizeof entry;
            if (at + entry.d_namlen > buffer + used) {
                break;
            }
            if (entry.d_namlen > 5) {
                memcpy(name, at, entry.d_namlen);
                name[entry.d_namlen] = 0;
                CHECK(!seen[atoi(name + 5)]++);
                CHECK(entry.d_type == __WASI_FILETYPE_REGULAR_FILE);
            } else {
                CHECK(entry.d_type == __WASI_FILETYPE_DIRECTORY);
            }
            at += entry.d_namlen;
            cookie = entry.d_next;
            total++;
        }
    } while (used == sizeof buffer);
    CHECK(total == FILES + 2);
    return 0;
}
