/* A library: it remembers from call to call, and writes by WASI. */
#include <stdio.h>

static int total;

__attribute__((export_name("count"))) int count(int n) {
    printf("counting %d\n", n);
    fflush(stdout);
    return total += n;
}
