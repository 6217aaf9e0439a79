/* Streams and files are no terminals. */
#include "check.h"
#include <unistd.h>

int main(void) {
    CHECK(!isatty(0));
    CHECK(!isatty(1));
    CHECK(!isatty((int)create("file")));
    return 0;
}
