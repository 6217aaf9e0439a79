// SA_SIGINFO tells the sender and the reason.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int code, status_seen, number;
static volatile pid_t sender;

static void handler(int signal, siginfo_t *info, void *context) {
    number = info->si_signo;
    code = info->si_code;
    sender = info->si_pid;
    status_seen = signal == SIGCHLD ? info->si_status : 0;
}

int main(void) {
    setbuf(stdout, NULL);
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    kill(getpid(), SIGUSR1);
    printf("kill: %d SI_USER %d self %d\n", number == SIGUSR1, code == SI_USER, sender == getpid());
    pid_t child = fork();
    if (child == 0) {
        _exit(33);
    }
    waitpid(child, NULL, 0);
    printf("exit: CLD_EXITED %d pid %d status %d\n", code == CLD_EXITED, sender == child, status_seen);
    child = fork();
    if (child == 0) {
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    printf("kill: CLD_KILLED %d pid %d status %d\n", code == CLD_KILLED, sender == child, status_seen);
    union sigval value = {.sival_int = 77};
    printf("sigqueue %d\n", sigqueue(getpid(), SIGUSR1, value));
    printf("SI_QUEUE %d\n", code == SI_QUEUE);
    return 0;
}
