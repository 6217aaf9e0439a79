// A FIFO between processes: open blocks for the other end, O_NONBLOCK gives ENXIO.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    setbuf(stdout, NULL);
    mkfifo("f", 0644);
    printf("ENXIO %d\n", open("f", O_WRONLY | O_NONBLOCK) < 0 && errno == ENXIO);
    if (fork() == 0) {
        int w = open("f", O_WRONLY);
        write(w, "through the fifo", 16);
        _exit(0);
    }
    int r = open("f", O_RDONLY);
    char b[64];
    int total = 0, n;
    while ((n = (int) read(r, b + total, sizeof b - total)) > 0) {
        total += n;
    }
    printf("%.*s\n", total, b);
    wait(NULL);
    close(r);
    r = open("f", O_RDONLY | O_NONBLOCK);
    printf("no writer %d\n", (int) read(r, b, 1));
    int w = open("f", O_WRONLY);
    errno = 0;
    printf("empty %d\n", read(r, b, 1) < 0 && errno == EAGAIN);
    write(w, "z", 1);
    printf("got %d\n", (int) read(r, b, 1));
    return 0;
}
