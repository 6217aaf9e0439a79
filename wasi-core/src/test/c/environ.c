/* The environment arrives.
 * env: HOME=/
 * env: EMPTY= */
#include "check.h"

int main(void) {
    CHECK(strcmp(getenv("HOME"), "/") == 0);
    CHECK(strcmp(getenv("EMPTY"), "") == 0);
    CHECK(getenv("PATH") == NULL);
    return 0;
}
