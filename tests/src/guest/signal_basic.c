// Handlers, default actions, ignoring, raise and kill.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int got;

static void handler(int signal) { got = signal; }

int main(void) {
    setbuf(stdout, NULL);
    signal(SIGUSR1, handler);
    raise(SIGUSR1);
    printf("raised %d\n", got == SIGUSR1);
    got = 0;
    kill(getpid(), SIGUSR1);
    printf("killed %d\n", got == SIGUSR1);
    signal(SIGUSR1, SIG_IGN);
    got = 0;
    raise(SIGUSR1);
    printf("ignored %d\n", got == 0);
    printf("previous %d\n", signal(SIGUSR1, SIG_DFL) == SIG_IGN);
    int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGKILL, SIGUSR1, SIGALRM, SIGABRT, SIGSEGV, SIGCHLD, SIGURG, SIGCONT};
    for (int i = 0; i < 11; i++) {
        pid_t child = fork();
        if (child == 0) {
            raise(signals[i]);
            _exit(9);
        }
        int status;
        waitpid(child, &status, 0);
        printf("%d: signaled %d %d exited %d\n", signals[i], WIFSIGNALED(status), WIFSIGNALED(status) ? WTERMSIG(status) : 0, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }
    return 0;
}
