// setpgid, getpgid, kill to a group, setsid.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int status;
    pid_t first = fork();
    if (first == 0) {
        setpgid(0, 0);
        pause();
        _exit(0);
    }
    setpgid(first, first);
    pid_t second = fork();
    if (second == 0) {
        setpgid(0, first);
        pause();
        _exit(0);
    }
    setpgid(second, first);
    printf("groups %d %d, own %d\n", getpgid(first) == first, getpgid(second) == first, getpgrp() != first);
    kill(-first, SIGTERM);
    for (int i = 0; i < 2; i++) {
        wait(&status);
        printf("by TERM %d\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    }
    printf("empty group %d\n", kill(-first, 0) < 0 && errno == ESRCH);
    if (fork() == 0) {
        pid_t sid = setsid();
        printf("setsid %d group %d session %d again %d\n", sid == getpid(), getpgrp() == sid, getsid(0) == sid, setsid() < 0 && errno == EPERM);
        _exit(0);
    }
    wait(NULL);
    printf("setpgid errors %d %d\n", setpgid(999999, 0) < 0 && errno == ESRCH, setpgid(0, -1) < 0 && errno == EINVAL);
    return 0;
}
