// Bad pointers to every call that takes one give EFAULT, and nothing breaks.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BAD ((void *) (long) -64)

static void check(const char *name, long result) {
    printf("%s %s\n", name, result >= 0 ? "ok" : errno == EFAULT ? "EFAULT" : strerror(errno));
}

int main(void) {
    setbuf(stdout, NULL);
    int fd = open("file", O_RDWR | O_CREAT, 0644), p[2];
    write(fd, "data", 4);
    lseek(fd, 0, SEEK_SET);
    pipe(p);
    write(p[1], "data", 4);
    struct iovec vector = {BAD, 100};
    check("read", read(fd, BAD, 100));
    check("read pipe", read(p[0], BAD, 100));
    check("write", write(fd, BAD, 100));
    check("write pipe", write(p[1], BAD, 100));
    check("pread", pread(fd, BAD, 100, 0));
    check("pwrite", pwrite(fd, BAD, 100, 0));
    check("readv", readv(fd, &vector, 1));
    check("writev", writev(fd, &vector, 1));
    check("readv vector", readv(fd, BAD, 1));
    check("open", open(BAD, O_RDONLY));
    check("mkdir", mkdir(BAD, 0777));
    check("unlink", unlink(BAD));
    check("rmdir", rmdir(BAD));
    check("rename", rename("file", BAD));
    check("rename from", rename(BAD, "file"));
    check("link", link("file", BAD));
    check("symlink", symlink(BAD, "x"));
    check("readlink", readlink(BAD, BAD, 10));
    check("chmod", chmod(BAD, 0600));
    check("access", access(BAD, F_OK));
    check("chdir", chdir(BAD));
    check("truncate", truncate(BAD, 0));
    check("execve", execve(BAD, NULL, NULL));
    check("pipe", pipe(BAD));
    check("waitpid", waitpid(-1, BAD, WNOHANG) < 0 && errno == ECHILD ? 0 : -1);
    check("poll", poll(BAD, 1, 0));
    check("getrlimit", getrlimit(RLIMIT_NOFILE, BAD) );
    check("ioctl", ioctl(p[0], FIONREAD, BAD));
    check("fcntl lock", fcntl(fd, F_GETLK, BAD));
    check("lengths", read(fd, (char *) &vector, 0));
    check("huge", write(p[1], &vector, 0));
    if (fork() == 0) {
        _exit(3);
    }
    check("wait status", waitpid(-1, BAD, 0));
    puts("alive");
    return 0;
}
