/* Standard input is read to its end, and copied to standard output.
 * stdin: one
 * stdin: two
 * stdout: ONE
 * stdout: TWO */
#include "check.h"
#include <ctype.h>

int main(void) {
    int c;
    while ((c = getchar()) != EOF) {
        putchar(toupper(c));
    }
    CHECK(!ferror(stdin));
    return 0;
}
