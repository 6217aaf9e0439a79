// poll and select on pipes, files and closed ends.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    setbuf(stdout, NULL);
    int p[2], q[2];
    char c;
    pipe(p);
    pipe(q);
    struct pollfd f[3] = {{p[0], POLLIN, 0}, {p[1], POLLOUT, 0}, {99, POLLIN, 0}};
    int r = poll(f, 3, 0);
    printf("%d: %d %d %d\n", r, f[0].revents, f[1].revents, f[2].revents == POLLNVAL);
    printf("timeout %d\n", poll(f, 1, 20));
    if (fork() == 0) {
        usleep(30000);
        write(p[1], "x", 1);
        _exit(0);
    }
    r = poll(f, 1, -1);
    printf("%d: %d\n", r, f[0].revents);
    wait(NULL);
    read(p[0], &c, 1);
    close(p[1]);
    r = poll(f, 1, -1);
    printf("hangup %d: %d\n", r, f[0].revents == POLLHUP);
    close(q[0]);
    f[1].fd = q[1];
    r = poll(f + 1, 1, 0);
    printf("error %d: %d\n", r, (f[1].revents & POLLERR) != 0);
    fd_set in, out;
    FD_ZERO(&in);
    FD_ZERO(&out);
    pipe(p);
    FD_SET(p[0], &in);
    FD_SET(p[1], &out);
    struct timeval t = {1000, 0};
    r = select(20, &in, &out, NULL, &t);
    printf("select %d %d %d\n", r, FD_ISSET(p[0], &in) != 0, FD_ISSET(p[1], &out) != 0);
    FD_ZERO(&in);
    FD_SET(p[0], &in);
    t = (struct timeval) {0, 20000};
    r = select(20, &in, NULL, NULL, &t);
    printf("select timeout %d\n", r);
    return 0;
}
