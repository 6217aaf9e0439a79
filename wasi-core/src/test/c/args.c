/* The arguments arrive, with spaces, UTF-8 and empty ones.
 * args: program "two words" "" ärger */
#include "check.h"

int main(int argc, char **argv) {
    CHECK(argc == 4);
    CHECK(strcmp(argv[0], "program") == 0);
    CHECK(strcmp(argv[1], "two words") == 0);
    CHECK(strcmp(argv[2], "") == 0);
    CHECK(strcmp(argv[3], "\xc3\xa4rger") == 0);
    CHECK(argv[4] == NULL);
    return 0;
}
