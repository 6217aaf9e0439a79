// SIGCHLD for each child; SIG_IGN and SA_NOCLDWAIT leave no zombies.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int reaped, sum;
static void handler(int signal) {
    int status, saved = errno;
    while (waitpid(-1, &status, WNOHANG) > 0) {
        reaped++;
        sum += WEXITSTATUS(status);
    }
    errno = saved;
}

int main(void) {
    setbuf(stdout, NULL);
    signal(SIGCHLD, handler);
    for (int i = 0; i < 20; i++) {
        if (fork() == 0) {
            _exit(i);
        }
    }
    while (reaped < 20) {
        usleep(1000);
    }
    printf("reaped %d sum %d\n", reaped, sum);
    signal(SIGCHLD, SIG_IGN);
    for (int i = 0; i < 5; i++) {
        if (fork() == 0) {
            _exit(1);
        }
    }
    int r = wait(NULL);
    printf("ignored: %d ECHILD %d\n", r, errno == ECHILD);
    int none = 0;
    for (int i = 0; i < 500; i++) {
        pid_t child = fork();
        if (child == 0) {
            _exit(1);
        }
        none += waitpid(child, NULL, 0) == -1 && errno == ECHILD;
    }
    printf("ignored, by number: %d\n", none);
    return 0;
}
