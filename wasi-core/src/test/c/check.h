/* What every test program needs. A failed check says where, and ends the program with status 1. */
#ifndef CHECK_H
#define CHECK_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

/* The preopened directory "/". */
#define ROOT 3

#define ALL_RIGHTS ((__wasi_rights_t)0x3fffffff)
#define FILE_RIGHTS ((__wasi_rights_t)(ALL_RIGHTS & ~(__wasi_rights_t)0x071ffe00))

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            exit(1); \
        } \
    } while (0)

/* Checks what errno a WASI call gives. */
#define GIVES(expected, call) \
    do { \
        __wasi_errno_t got = (call); \
        if (got != (expected)) { \
            fprintf(stderr, "%s:%d: %s gives %d, not %s\n", __FILE__, __LINE__, #call, got, #expected); \
            exit(1); \
        } \
    } while (0)

#define WORKS(call) GIVES(__WASI_ERRNO_SUCCESS, call)

static inline __wasi_fd_t open_with(
        __wasi_fd_t at, const char *path, __wasi_oflags_t flags, __wasi_rights_t rights, __wasi_fdflags_t fdflags) {
    __wasi_fd_t fd;
    WORKS(__wasi_path_open(at, 0, path, flags, rights, 0, fdflags, &fd));
    return fd;
}

/* Opens a file for reading and writing, making it if needed. */
static inline __wasi_fd_t create(const char *path) {
    return open_with(ROOT, path, __WASI_OFLAGS_CREAT, FILE_RIGHTS, 0);
}

/* Opens a directory, with all rights. */
static inline __wasi_fd_t open_directory(const char *path) {
    __wasi_fd_t fd;
    __wasi_rights_t rights = ALL_RIGHTS
            & ~(__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_DATASYNC
                    | __WASI_RIGHTS_FD_ALLOCATE | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE);
    WORKS(__wasi_path_open(ROOT, 0, path, __WASI_OFLAGS_DIRECTORY, rights, ALL_RIGHTS, 0, &fd));
    return fd;
}

static inline size_t put(__wasi_fd_t fd, const char *text) {
    __wasi_ciovec_t vector = {(const uint8_t *)text, strlen(text)};
    __wasi_size_t count;
    WORKS(__wasi_fd_write(fd, &vector, 1, &count));
    return count;
}

/* Reads at most 255 bytes, to be compared as a string. */
static inline const char *get(__wasi_fd_t fd) {
    static char buffer[256];
    __wasi_iovec_t vector = {(uint8_t *)buffer, sizeof buffer - 1};
    __wasi_size_t count;
    WORKS(__wasi_fd_read(fd, &vector, 1, &count));
    buffer[count] = 0;
    return buffer;
}

static inline void write_file(const char *path, const char *text) {
    __wasi_fd_t fd = create(path);
    put(fd, text);
    WORKS(__wasi_fd_close(fd));
}

static inline __wasi_filestat_t stat_path(const char *path) {
    __wasi_filestat_t stat;
    WORKS(__wasi_path_filestat_get(ROOT, 0, path, &stat));
    return stat;
}

static inline int exists(const char *path) {
    __wasi_filestat_t stat;
    return __wasi_path_filestat_get(ROOT, 0, path, &stat) == __WASI_ERRNO_SUCCESS;
}

#endif
