// Blocked signals stay pending, merge, and arrive when unblocked; sigpending and sigsuspend.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile int count;

static void handler(int signal) { count++; }

int main(void) {
    sigset_t set, old, pending;
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    printf("was blocked %d\n", sigismember(&old, SIGUSR1));
    raise(SIGUSR1);
    raise(SIGUSR1);
    raise(SIGUSR1);
    sigpending(&pending);
    printf("count %d pending %d\n", count, sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    printf("count %d\n", count);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    sigemptyset(&old);
    int r = sigsuspend(&old);
    printf("sigsuspend %d EINTR %d count %d\n", r, errno == EINTR, count);
    sigprocmask(SIG_SETMASK, NULL, &set);
    printf("blocked again %d\n", sigismember(&set, SIGUSR1));
    raise(SIGUSR1);
    signal(SIGUSR1, SIG_IGN);
    sigpending(&pending);
    printf("ignored is dropped %d\n", !sigismember(&pending, SIGUSR1));
    printf("KILL cannot be caught %d\n", signal(SIGKILL, handler) == SIG_ERR && errno == EINVAL);
    return 0;
}
