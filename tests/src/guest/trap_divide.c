// Integer division by zero is SIGFPE.
#include <stdio.h>
int main(void) {
    setbuf(stdout, NULL);
    volatile int zero = 0;
    puts("before");
    printf("%d\n", 7 / zero);
    return 0;
}
