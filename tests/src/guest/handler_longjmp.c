// siglongjmp out of a handler restores the mask; out of an interrupted call too.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static sigjmp_buf env;
static void handler(int signal) { siglongjmp(env, signal); }

int main(void) {
    setbuf(stdout, NULL);
    signal(SIGALRM, handler);
    sigset_t mask;
    for (volatile int i = 0; i < 3; i++) {
        if (sigsetjmp(env, 1) == 0) {
            ualarm(30000, 0);
            if (i == 1) {
                for (;;) {
                }
            }
            pause();
            printf("never\n");
        } else {
            sigprocmask(0, NULL, &mask);
            printf("jumped, blocked %d\n", sigismember(&mask, SIGALRM));
        }
    }
    return 0;
}
