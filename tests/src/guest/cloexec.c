// Close-on-exec closes at exec, not at fork; dup clears it, dup3 and F_DUPFD_CLOEXEC set it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void probe(const char *what, int fd) {
    char command[64];
    snprintf(command, sizeof command, "if [ -e /dev/fd/%d ]; then echo open; else echo closed; fi", fd);
    printf("%s: flag %d, after exec ", what, fcntl(fd, F_GETFD));
    if (fork() == 0) {
        if (fcntl(fd, F_GETFD) < 0) {
            printf("lost in fork ");
        }
        execl("/bin/sh", "sh", "-c", command, (char *) NULL);
    }
    wait(NULL);
}

int main(void) {
    setbuf(stdout, NULL);
    int a = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int b = open("/dev/null", O_RDONLY);
    probe("O_CLOEXEC", a);
    probe("plain", b);
    probe("dup of cloexec", dup(a));
    probe("dup2", dup2(a, 8));
    probe("dup3", dup3(b, 7, O_CLOEXEC));
    probe("F_DUPFD_CLOEXEC", fcntl(b, F_DUPFD_CLOEXEC, 6));
    fcntl(b, F_SETFD, FD_CLOEXEC);
    probe("F_SETFD", b);
    fcntl(b, F_SETFD, 0);
    probe("cleared", b);
    int p[2];
    pipe2(p, O_CLOEXEC);
    probe("pipe2", p[0]);
    return 0;
}
