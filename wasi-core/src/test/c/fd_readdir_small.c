/* A buffer too small for all entries is filled to its end; the next call goes on behind the last whole one. */
#include "check.h"

#define FILES 300

int main(void) {
    char name[32];
    static char seen[FILES];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "a-file-with-a-name-%d", i);
        write_file(name, "");
    }
    uint8_t buffer[100];
    __wasi_dircookie_t cookie = 0;
    __wasi_size_t used;
    int count = 0;
    do {
        WORKS(__wasi_fd_readdir(ROOT, buffer, sizeof buffer, cookie, &used));
        size_t at = 0;
        while (at + sizeof(__wasi_dirent_t) <= used) {
            __wasi_dirent_t entry;
            memcpy(&entry, buffer + at, sizeof entry);
            if (at + sizeof entry + entry.d_namlen > used) {
                break;
            }
            memcpy(name, buffer + at + sizeof entry, entry.d_namlen);
            name[entry.d_namlen] = 0;
            int number;
            if (sscanf(name, "a-file-with-a-name-%d", &number) == 1) {
                CHECK(!seen[number]);
                seen[number] = 1;
                count++;
            }
            at += sizeof entry + entry.d_namlen;
            cookie = entry.d_next;
        }
    } while (used == sizeof buffer);
    CHECK(count == FILES);
    return 0;
}
