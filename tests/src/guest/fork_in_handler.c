// fork in a signal handler that interrupted a system call; both sides return through it.
#include "check.h"

static volatile pid_t child = -1;
static void handler(int signal) { child = fork(); }

int main(void) {
    setbuf(stdout, NULL);
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGALRM, &action, NULL);
    int p[2];
    char c;
    pipe(p);
    pid_t sender = signal_in_sleep(SIGALRM);
    int r = (int) read(p[0], &c, 1);
    int interrupted = r < 0 && errno == EINTR;
    if (child == 0) {
        printf("child: read interrupted %d\n", interrupted);
        _exit(11);
    }
    int status;
    waitpid(child, &status, 0);
    waitpid(sender, NULL, 0);
    printf("parent: read interrupted %d, child %d\n", interrupted, WEXITSTATUS(status));
    child = -1;
    raise(SIGALRM);
    if (child == 0) {
        _exit(12);
    }
    waitpid(child, &status, 0);
    printf("in raise: %d\n", WEXITSTATUS(status));
    child = -1;
    ualarm(50000, 0);
    volatile unsigned long spins = 0;
    while (child == -1) {
        spins++;
    }
    if (child == 0) {
        _exit(13);
    }
    waitpid(child, &status, 0);
    printf("in a loop: %d\n", WEXITSTATUS(status));
    return 0;
}
