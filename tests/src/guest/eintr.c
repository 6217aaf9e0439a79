// Signals without SA_RESTART end slow calls with EINTR.
#include "check.h"
#include <poll.h>

static volatile int got;
static void handler(int signal) { got++; }

int main(void) {
    setbuf(stdout, NULL);
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    int p[2];
    char c;
    pipe(p);
    signal_in_sleep(SIGUSR1);
    int r = (int) read(p[0], &c, 1);
    printf("read %d %d\n", r, errno == EINTR);
    wait(NULL);
    signal_in_sleep(SIGUSR1);
    struct timespec t = {1000, 0}, rest;
    r = nanosleep(&t, &rest);
    printf("nanosleep %d %d rest %d\n", r, errno == EINTR, rest.tv_sec >= 500 && rest.tv_sec < 1000);
    wait(NULL);
    signal_in_sleep(SIGUSR1);
    struct pollfd f = {p[0], POLLIN, 0};
    r = poll(&f, 1, -1);
    printf("poll %d %d\n", r, errno == EINTR);
    wait(NULL);
    signal_in_sleep(SIGUSR1);
    r = pause();
    printf("pause %d %d\n", r, errno == EINTR);
    wait(NULL);
    pid_t sleeper = fork();
    if (sleeper == 0) {
        for (;;) pause();
    }
    signal_in_sleep(SIGUSR1);
    r = waitpid(sleeper, NULL, 0);
    printf("waitpid %d %d\n", r, errno == EINTR);
    kill(sleeper, SIGKILL);
    while (wait(NULL) > 0) {
    }
    printf("%d signals\n", got);
    return 0;
}
