// A write to a pipe without readers kills with SIGPIPE; a blocked writer too.
#include "check.h"

int main(void) {
    setbuf(stdout, NULL);
    int p[2], status;
    pipe(p);
    close(p[0]);
    if (fork() == 0) {
        write(p[1], "x", 1);
        _exit(0);
    }
    wait(&status);
    printf("signaled %d by SIGPIPE %d\n", WIFSIGNALED(status), WTERMSIG(status) == SIGPIPE);
    close(p[1]);
    pipe(p);
    pid_t writer = fork();
    if (writer == 0) {
        close(p[0]);
        static char block[1 << 20];
        write(p[1], block, sizeof block);
        _exit(0);
    }
    close(p[1]);
    await_sleep(writer);
    char c;
    read(p[0], &c, 1);
    close(p[0]);
    wait(&status);
    printf("blocked writer: signaled %d by SIGPIPE %d\n", WIFSIGNALED(status), WTERMSIG(status) == SIGPIPE);
    return 0;
}
