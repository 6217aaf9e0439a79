// A wild pointer is SIGSEGV.
#include <stdio.h>
int main(void) {
    setbuf(stdout, NULL);
    puts("before");
    volatile unsigned long address = 0xfffffff0UL;
    printf("%d\n", *(volatile int *) address);
    return 0;
}
