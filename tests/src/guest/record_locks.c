// fcntl locks between processes: conflict, release at close, not inherited, F_SETLKW.
#include "check.h"
static int set(int fd, int cmd, int type, int start, int len) {
    struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len};
    return fcntl(fd, cmd, &l);
}
int main(void) {
    setbuf(stdout, NULL);
    int fd = open("f", O_RDWR | O_CREAT, 0644), status;
    printf("lock %d\n", set(fd, F_SETLK, F_WRLCK, 0, 10));
    pid_t parent = getpid();
    if (fork() == 0) {
        struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 5, .l_len = 1};
        fcntl(fd, F_GETLK, &l);
        printf("held %d by parent %d from %d len %d\n", l.l_type == F_WRLCK, l.l_pid == parent, (int) l.l_start, (int) l.l_len);
        printf("conflict %d\n", set(fd, F_SETLK, F_RDLCK, 9, 5) < 0 && (errno == EAGAIN || errno == EACCES));
        printf("beside %d\n", set(fd, F_SETLK, F_WRLCK, 10, 5));
        _exit(0);
    }
    wait(NULL);
    printf("released at exit %d\n", set(fd, F_SETLK, F_WRLCK, 10, 5));
    set(fd, F_SETLK, F_UNLCK, 10, 5);
    pid_t waiting = fork();
    if (waiting == 0) {
        _exit(set(fd, F_SETLKW, F_WRLCK, 0, 1) == 0 ? 7 : 8);
    }
    await_sleep(waiting);
    close(open("f", O_RDONLY));
    wait(&status);
    printf("waited %d\n", WEXITSTATUS(status));
    return 0;
}
