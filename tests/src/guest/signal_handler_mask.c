// During a handler its own signal and sa_mask are blocked; SA_NODEFER and SA_RESETHAND.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile int depth, deepest, order[8], n;

static void nested(int signal) {
    depth++;
    if (depth > deepest) {
        deepest = depth;
    }
    if (n < 4) {
        order[n++] = signal;
        raise(signal);
        raise(SIGUSR2);
    }
    depth--;
}

int main(void) {
    struct sigaction action = {.sa_handler = nested};
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    raise(SIGUSR1);
    printf("deepest %d n %d\n", deepest > 1, n);
    n = deepest = 0;
    sigaddset(&action.sa_mask, SIGUSR2);
    sigaction(SIGUSR1, &action, NULL);
    sigaddset(&action.sa_mask, SIGUSR1);
    sigaction(SIGUSR2, &action, NULL);
    raise(SIGUSR1);
    printf("masked: deepest %d\n", deepest);
    n = deepest = 0;
    action.sa_flags = SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGUSR2, SIG_IGN);
    raise(SIGUSR1);
    printf("nodefer: deepest %d\n", deepest);
    action.sa_flags = SA_RESETHAND;
    sigaction(SIGUSR1, &action, NULL);
    n = 10;
    raise(SIGUSR1);
    struct sigaction now;
    sigaction(SIGUSR1, NULL, &now);
    printf("reset %d\n", now.sa_handler == SIG_DFL);
    return 0;
}
