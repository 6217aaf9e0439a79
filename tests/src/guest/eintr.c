// Signals without SA_RESTART end slow calls with EINTR.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int got;
static void handler(int signal) { got++; }

static void interrupt_soon(void) {
    pid_t parent = getpid();
    if (fork() == 0) {
        usleep(100000);
        kill(parent, SIGUSR1);
        _exit(0);
    }
}

int main(void) {
    setbuf(stdout, NULL);
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    int p[2];
    char c;
    pipe(p);
    interrupt_soon();
    int r = (int) read(p[0], &c, 1);
    printf("read %d %d\n", r, errno == EINTR);
    wait(NULL);
    interrupt_soon();
    struct timespec t = {5, 0}, rest;
    r = nanosleep(&t, &rest);
    printf("nanosleep %d %d rest %d\n", r, errno == EINTR, rest.tv_sec == 4);
    wait(NULL);
    interrupt_soon();
    struct pollfd f = {p[0], POLLIN, 0};
    r = poll(&f, 1, 5000);
    printf("poll %d %d\n", r, errno == EINTR);
    wait(NULL);
    interrupt_soon();
    r = pause();
    printf("pause %d %d\n", r, errno == EINTR);
    wait(NULL);
    pid_t sleeper = fork();
    if (sleeper == 0) {
        usleep(500000);
        _exit(4);
    }
    interrupt_soon();
    r = waitpid(sleeper, NULL, 0);
    printf("waitpid %d %d\n", r, errno == EINTR);
    while (wait(NULL) > 0) {
    }
    printf("%d signals\n", got);
    return 0;
}
