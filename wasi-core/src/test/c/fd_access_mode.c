/* A file opened for reading cannot be written, and the other way round. */
#include "check.h"
#include <fcntl.h>
#include <unistd.h>

int main(void) {
    write_file("file", "text");
    char c;
    int fd = open("/file", O_RDONLY);
    CHECK(fd >= 0 && read(fd, &c, 1) == 1 && c == 't');
    CHECK(write(fd, "x", 1) == -1 && (errno == EBADF || errno == ENOTCAPABLE));
    fd = open("/file", O_WRONLY);
    CHECK(fd >= 0 && write(fd, "x", 1) == 1);
    CHECK(read(fd, &c, 1) == -1 && (errno == EBADF || errno == ENOTCAPABLE));
    fd = open("/file", O_RDWR);
    CHECK(fd >= 0 && read(fd, &c, 1) == 1 && c == 'x' && write(fd, "y", 1) == 1);
    return 0;
}
