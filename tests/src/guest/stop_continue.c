// WUNTRACED and WCONTINUED report stops and continues.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int status;
    int go[2];
    pipe(go);
    pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        // A second stop would overtake the report of the first continuation.
        char byte;
        read(go[0], &byte, 1);
        raise(SIGSTOP);
        for (;;) {
        }
    }
    waitpid(child, &status, WUNTRACED);
    printf("stopped %d by %d\n", WIFSTOPPED(status), WSTOPSIG(status) == SIGSTOP);
    printf("nothing new %d\n", waitpid(child, &status, WUNTRACED | WNOHANG));
    kill(child, SIGCONT);
    waitpid(child, &status, WCONTINUED);
    printf("continued %d\n", WIFCONTINUED(status));
    write(go[1], "x", 1);
    waitpid(child, &status, WUNTRACED);
    printf("stopped %d by %d\n", WIFSTOPPED(status), WSTOPSIG(status) == SIGSTOP);
    kill(child, SIGCONT);
    waitpid(child, &status, WCONTINUED);
    printf("continued %d\n", WIFCONTINUED(status));
    usleep(20000);
    kill(child, SIGSTOP);
    waitpid(child, &status, WUNTRACED);
    printf("busy loop stopped %d\n", WIFSTOPPED(status));
    kill(child, SIGTERM);
    kill(child, SIGCONT);
    waitpid(child, &status, 0);
    printf("terminated %d\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    return 0;
}
