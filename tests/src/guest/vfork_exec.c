// vfork: the parent waits until the child execs or exits, and sees what it stored.
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    volatile int shared = 1;
    int status;
    pid_t child = vfork();
    if (child == 0) {
        shared = 2;
        _exit(3);
    }
    waitpid(child, &status, 0);
    printf("shared %d status %d\n", shared, WEXITSTATUS(status));
    volatile int failure = 0;
    child = vfork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", "echo from exec; exit 4", (char *) NULL);
        _exit(127);
    }
    waitpid(child, &status, 0);
    printf("status %d\n", WEXITSTATUS(status));
    child = vfork();
    if (child == 0) {
        execl("/nonexistent", "x", (char *) NULL);
        failure = errno;
        _exit(127);
    }
    waitpid(child, &status, 0);
    printf("status %d errno is ENOENT %d\n", WEXITSTATUS(status), failure == ENOENT);
    return 0;
}
