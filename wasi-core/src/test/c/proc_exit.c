/* The exit status is what the program gives, and nothing runs after it.
 * exit: 42
 * stdout: before */
#include "check.h"

int main(void) {
    puts("before");
    fflush(stdout);
    __wasi_proc_exit(42);
    puts("after");
    return 0;
}
