// fork copies handlers and mask, clears pending; exec resets handlers, keeps mask and ignored.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int got;
static void handler(int signal) { got++; }

int main(int argc, char **argv) {
    setbuf(stdout, NULL);
    if (argc > 1) {
        struct sigaction one, two;
        sigset_t mask, pending;
        sigaction(SIGUSR1, NULL, &one);
        sigaction(SIGUSR2, NULL, &two);
        sigprocmask(0, NULL, &mask);
        sigpending(&pending);
        printf("exec: default %d ignored %d blocked %d pending %d\n", one.sa_handler == SIG_DFL, two.sa_handler == SIG_IGN,
            sigismember(&mask, SIGTERM), sigismember(&pending, SIGTERM));
        return 0;
    }
    signal(SIGUSR1, handler);
    signal(SIGUSR2, SIG_IGN);
    sigset_t set, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGTERM);
    if (fork() == 0) {
        sigpending(&pending);
        raise(SIGUSR1);
        printf("fork: handler %d pending %d\n", got, sigismember(&pending, SIGTERM));
        _exit(0);
    }
    wait(NULL);
    execl(argv[0], argv[0], "again", (char *) NULL);
    return 1;
}
