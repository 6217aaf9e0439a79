// With SA_RESTART read, write and wait go on after the handler.
#include "check.h"

static volatile int got;
static void handler(int signal) { got++; }

int main(void) {
    setbuf(stdout, NULL);
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, NULL);
    int p[2], status;
    char c = 0;
    pipe(p);
    pid_t parent = getpid();
    if (fork() == 0) {
        for (int i = 0; i < 3; i++) {
            await_sleep(parent);
            kill(parent, SIGUSR1);
        }
        await_sleep(parent);
        write(p[1], "x", 1);
        _exit(0);
    }
    int r = (int) read(p[0], &c, 1);
    printf("read %d %c, some signals %d\n", r, c, got > 0);
    wait(NULL);
    pid_t child = fork();
    if (child == 0) {
        await_sleep(parent);
        kill(parent, SIGUSR1);
        await_sleep(parent);
        _exit(6);
    }
    r = waitpid(child, &status, 0);
    printf("waitpid %d %d\n", r == child, WEXITSTATUS(status));
    static char big[300000];
    child = fork();
    if (child == 0) {
        close(p[1]);
        await_sleep(parent);
        kill(parent, SIGUSR1);
        await_sleep(parent);
        int total = 0, n;
        while ((n = (int) read(p[0], big, sizeof big)) > 0) {
            total += n;
        }
        _exit(total == 300000 ? 3 : 4);
    }
    close(p[0]);
    int written = 0;
    while (written < 300000) {
        r = (int) write(p[1], big + written, 300000 - written);
        if (r < 0) {
            printf("write failed %d\n", errno == EINTR);
            return 1;
        }
        written += r;
    }
    close(p[1]);
    waitpid(child, &status, 0);
    printf("written %d %d\n", written, WEXITSTATUS(status));
    return 0;
}
