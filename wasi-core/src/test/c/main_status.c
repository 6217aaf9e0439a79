/* What main returns is the exit status, and buffered output is written before.
 * exit: 3
 * stdout: buffered */
#include "check.h"

int main(void) {
    printf("buffered\n");
    return 3;
}
