// __builtin_trap is SIGILL.
#include <stdio.h>
int main(void) {
    setbuf(stdout, NULL);
    puts("before");
    __builtin_trap();
}
