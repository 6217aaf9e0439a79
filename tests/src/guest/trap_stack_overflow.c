// Endless recursion is SIGSEGV.
#include <stdio.h>
static int deep(int n) {
    volatile char frame[4096];
    frame[n % 4096] = (char) n;
    return deep(n + 1) + frame[(n * 7) % 4096];
}
int main(void) {
    setbuf(stdout, NULL);
    puts("before");
    printf("%d\n", deep(0));
    return 0;
}
