// waitpid by pid, by group and for any; WNOHANG; waitid with WNOWAIT.
#include "check.h"

int main(void) {
    setbuf(stdout, NULL);
    int status, gate[2];
    char c;
    pipe(gate);
    pid_t a = fork();
    if (a == 0) {
        close(gate[1]);
        read(gate[0], &c, 1);
        _exit(1);
    }
    printf("WNOHANG %d\n", waitpid(a, &status, WNOHANG));
    close(gate[1]);
    siginfo_t info;
    printf("waitid %d", waitid(P_PID, a, &info, WEXITED | WNOWAIT));
    printf(" pid %d code %d status %d\n", info.si_pid == a, info.si_code == CLD_EXITED, info.si_status);
    printf("still there %d", waitpid(a, &status, 0) == a);
    printf(" %d\n", WEXITSTATUS(status));
    printf("ECHILD %d\n", waitpid(a, &status, 0) < 0 && errno == ECHILD);
    a = fork();
    if (a == 0) {
        setpgid(0, 0);
        await_sleep(getppid());
        _exit(2);
    }
    setpgid(a, a);
    pid_t b = fork();
    if (b == 0) {
        _exit(3);
    }
    printf("group %d", waitpid(-a, &status, 0) == a);
    printf(" status %d\n", WEXITSTATUS(status));
    printf("own group %d", waitpid(0, &status, 0) == b);
    printf(" status %d\n", WEXITSTATUS(status));
    printf("EINVAL %d\n", waitpid(-1, &status, 0x40000) < 0 && errno == EINVAL);
    return 0;
}
