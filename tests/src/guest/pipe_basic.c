// Pipes: end of file, EPIPE with SIGPIPE ignored, EAGAIN, FIONREAD, descriptors across fork.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int p[2], n;
    char buffer[100];
    pipe(p);
    if (fork() == 0) {
        close(p[0]);
        write(p[1], "hello ", 6);
        usleep(20000);
        write(p[1], "world", 5);
        _exit(0);
    }
    close(p[1]);
    int total = 0;
    while ((n = (int) read(p[0], buffer + total, sizeof buffer - total)) > 0) {
        total += n;
    }
    printf("%.*s, end %d\n", total, buffer, n);
    wait(NULL);
    close(p[0]);
    pipe(p);
    signal(SIGPIPE, SIG_IGN);
    close(p[0]);
    printf("EPIPE %d\n", write(p[1], "x", 1) < 0 && errno == EPIPE);
    pipe(p);
    fcntl(p[0], F_SETFL, O_NONBLOCK);
    printf("EAGAIN %d\n", read(p[0], buffer, 1) < 0 && errno == EAGAIN);
    write(p[1], "four", 4);
    ioctl(p[0], FIONREAD, &n);
    printf("FIONREAD %d\n", n);
    printf("ESPIPE %d\n", lseek(p[0], 0, SEEK_SET) < 0 && errno == ESPIPE);
    printf("wrong end %d %d\n", read(p[1], buffer, 1) < 0 && errno == EBADF, write(p[0], "x", 1) < 0 && errno == EBADF);
    fcntl(p[1], F_SETFL, O_NONBLOCK);
    total = 0;
    while ((n = (int) write(p[1], buffer, 4096 > sizeof buffer ? sizeof buffer : 4096)) > 0) {
        total += n;
    }
    printf("full %d at least 64000 %d\n", errno == EAGAIN, total >= 64000);
    return 0;
}
