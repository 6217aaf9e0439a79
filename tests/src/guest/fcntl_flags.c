// F_DUPFD, F_GETFL, F_SETFL, limits on descriptors.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    int fd = open("file", O_RDWR | O_CREAT | O_APPEND, 0600);
    int flags = fcntl(fd, F_GETFL);
    printf("rdwr %d append %d nonblock %d\n", (flags & O_ACCMODE) == O_RDWR, (flags & O_APPEND) != 0, (flags & O_NONBLOCK) != 0);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    flags = fcntl(fd, F_GETFL);
    printf("rdwr %d append %d nonblock %d\n", (flags & O_ACCMODE) == O_RDWR, (flags & O_APPEND) != 0, (flags & O_NONBLOCK) != 0);
    printf("dupfd %d\n", fcntl(fd, F_DUPFD, 20));
    printf("dupfd %d\n", fcntl(fd, F_DUPFD, 20));
    printf("bad %d\n", fcntl(77, F_GETFD) < 0 && errno == EBADF);
    struct rlimit limit = {12, 64};
    setrlimit(RLIMIT_NOFILE, &limit);
    int count = 0;
    while (dup(fd) >= 0) {
        count++;
    }
    printf("EMFILE %d after some %d\n", errno == EMFILE, count > 0 && count < 12);
    close(fd);
    fd = open("/dev/null", O_RDONLY);
    printf("write to a reader %d\n", write(fd, "x", 1) < 0 && errno == EBADF);
    return 0;
}
