// An orphan gets a new parent, and its grandparent never waits for it.
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int p[2], status;
    char text[100];
    pipe(p);
    pid_t child = fork();
    if (child == 0) {
        pid_t self = getpid();
        if (fork() == 0) {
            while (getppid() == self) {
                usleep(1000);
            }
            int n = snprintf(text, sizeof text, "orphan has another parent %d", getppid() != self);
            write(p[1], text, n);
            _exit(0);
        }
        _exit(1);
    }
    waitpid(child, &status, 0);
    close(p[1]);
    int n = (int) read(p[0], text, sizeof text);
    printf("%.*s\n", n, text);
    printf("ECHILD %d\n", wait(&status) < 0 && errno == ECHILD);
    return 0;
}
