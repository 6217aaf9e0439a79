/* Rights can be given up, never won. A call without its right is ENOTCAPABLE; one that reads or writes is EBADF. */
#include "check.h"

int main(void) {
    __wasi_fd_t fd = create("file");
    put(fd, "text");
    __wasi_fdstat_t stat;
    WORKS(__wasi_fd_fdstat_get(fd, &stat));
    CHECK(stat.fs_rights_base & __WASI_RIGHTS_FD_READ);
    CHECK((stat.fs_rights_base & __WASI_RIGHTS_PATH_OPEN) == 0);

    __wasi_rights_t fewer = stat.fs_rights_base & ~(__WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE);
    WORKS(__wasi_fd_fdstat_set_rights(fd, fewer, 0));
    __wasi_ciovec_t vector = {(const uint8_t *)"x", 1};
    __wasi_size_t count;
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_write(fd, &vector, 1, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_pwrite(fd, &vector, 1, 0, &count));
    GIVES(__WASI_ERRNO_NOTCAPABLE, __wasi_fd_filestat_set_size(fd, 0));
    GIVES(__WASI_ERRNO_NOTCAPABLE, __wasi_fd_fdstat_set_rights(fd, stat.fs_rights_base, 0));
    __wasi_filesize_t position;
    WORKS(__wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position));
    CHECK(strcmp(get(fd), "text") == 0);

    uint8_t byte;
    __wasi_iovec_t buffer = {&byte, 1};
    fd = open_with(ROOT, "file", 0, 0, 0);
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_read(fd, &buffer, 1, &count));
    GIVES(__WASI_ERRNO_BADF, __wasi_fd_pread(fd, &buffer, 1, 0, &count));
    return 0;
}
