// fork returns twice; waitpid gives the exact status.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int codes[] = {0, 1, 42, 127, 255};
    for (int i = 0; i < 5; i++) {
        pid_t child = fork();
        if (child == 0) {
            _exit(codes[i]);
        }
        int status;
        pid_t got = waitpid(child, &status, 0);
        printf("%d exited %d code %d signaled %d\n", got == child, WIFEXITED(status), WEXITSTATUS(status), WIFSIGNALED(status));
    }
    printf("%d\n", waitpid(-1, NULL, 0));
    perror("no children");
    return 7;
}
