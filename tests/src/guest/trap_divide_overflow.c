// The smallest integer divided by -1 is SIGFPE.
#include <limits.h>
#include <stdio.h>
int main(void) {
    setbuf(stdout, NULL);
    volatile int min = INT_MIN, minus = -1;
    puts("before");
    printf("%d\n", min / minus);
    return 0;
}
