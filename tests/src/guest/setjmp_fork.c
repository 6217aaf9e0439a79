// fork between setjmp and longjmp: both processes can jump.
#include <setjmp.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf env;

static void inner(int v) {
    longjmp(env, v);
}

int main(void) {
    setbuf(stdout, NULL);
    volatile int state = 0;
    int r = setjmp(env);
    if (r == 0) {
        state = 1;
        if (fork() == 0) {
            state = 2;
            inner(5);
        }
        wait(NULL);
        inner(6);
    }
    printf("jumped %d state %d\n", r, state);
    if (r == 5) {
        _exit(0);
    }
    for (int i = 0; i < 3; i++) {
        jmp_buf local;
        int k = setjmp(local);
        if (k < 3) {
            printf("loop %d %d\n", i, k);
            longjmp(local, k + 1);
        }
    }
    return 0;
}
