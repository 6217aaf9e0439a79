// Four spinning processes starve nobody and can be killed.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            volatile unsigned long n = 0;
            for (;;) {
                n++;
            }
        }
    }
    int p[2], killed = 0, status;
    char c;
    pipe(p);
    for (int i = 0; i < 5; i++) {
        if (fork() == 0) {
            write(p[1], "x", 1);
            _exit(0);
        }
        read(p[0], &c, 1);
        wait(NULL);
    }
    for (int i = 0; i < 4; i++) {
        kill(children[i], i % 2 ? SIGKILL : SIGTERM);
        waitpid(children[i], &status, 0);
        killed += WIFSIGNALED(status);
    }
    printf("killed %d\n", killed);
    return 0;
}
