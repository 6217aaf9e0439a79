/* A cookie stays good while other entries come and go: what stays is seen exactly once. */
#include "check.h"

#define FILES 100

static char seen[FILES];
static __wasi_dircookie_t cookie;

/* Reads about three entries; whether there were any. */
static int step(void) {
    uint8_t buffer[110];
    __wasi_size_t used;
    WORKS(__wasi_fd_readdir(ROOT, buffer, sizeof buffer, cookie, &used));
    size_t at = 0;
    while (at + sizeof(__wasi_dirent_t) <= used) {
        __wasi_dirent_t entry;
        memcpy(&entry, buffer + at, sizeof entry);
        if (at + sizeof entry + entry.d_namlen > used) {
            break;
        }
        int number;
        char name[64];
        memcpy(name, buffer + at + sizeof entry, entry.d_namlen);
        name[entry.d_namlen] = 0;
        if (sscanf(name, "keep-%d", &number) == 1) {
            CHECK(!seen[number]);
            seen[number] = 1;
        }
        at += sizeof entry + entry.d_namlen;
        cookie = entry.d_next;
    }
    return used == sizeof buffer;
}

int main(void) {
    char name[32];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "drop-%d", i);
        write_file(name, "");
        snprintf(name, sizeof name, "keep-%d", i);
        write_file(name, "");
    }
    int i = 0;
    while (step()) {
        if (i < FILES) {
            snprintf(name, sizeof name, "drop-%d", i);
            WORKS(__wasi_path_unlink_file(ROOT, name));
            snprintf(name, sizeof name, "new-%d", i);
            write_file(name, "");
            i++;
        }
    }
    for (i = 0; i < FILES; i++) {
        CHECK(seen[i]);
    }
    return 0;
}
