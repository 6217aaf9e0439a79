// A zombie keeps its pid until waited for.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (child == 0) {
        _exit(5);
    }
    siginfo_t info;
    waitid(P_PID, child, &info, WEXITED | WNOWAIT);
    printf("kill 0 on a zombie %d\n", kill(child, 0));
    printf("TERM on a zombie %d\n", kill(child, SIGTERM));
    int status;
    waitpid(child, &status, 0);
    printf("status %d\n", WEXITSTATUS(status));
    printf("gone %d\n", kill(child, 0) < 0 && errno == ESRCH);
    return 0;
}
