// A call through a null function pointer is SIGSEGV.
#include <stdio.h>
typedef void (*function)(void);
int main(void) {
    setbuf(stdout, NULL);
    puts("before");
    volatile function f = NULL;
    f();
    puts("never");
    return 0;
}
