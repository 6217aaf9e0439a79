// A trap ends only the process it happens in; statuses tell which signal.
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void fault(int which) {
    volatile int zero = 0;
    void (*volatile nothing)(void) = NULL;
    volatile unsigned long wild = 0xfffffff0UL;
    switch (which) {
        case 0: zero = 5 / zero; break;
        case 1: nothing(); break;
        case 2: *(volatile int *) wild = 1; break;
        case 3: __builtin_trap();
        case 4: abort();
        case 5: zero = 5 % zero; break;
        case 6: zero = (int) (5LL / zero); break;
    }
    _exit(0);
}

int main(void) {
    setbuf(stdout, NULL);
    for (int i = 0; i < 7; i++) {
        int status;
        if (fork() == 0) {
            fault(i);
        }
        wait(&status);
        printf("%d: signal %d exit %d\n", i, WIFSIGNALED(status) ? WTERMSIG(status) : 0, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }
    return 0;
}
