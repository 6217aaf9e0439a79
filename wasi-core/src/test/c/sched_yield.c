/* Yielding works. */
#include "check.h"
#include <sched.h>

int main(void) {
    CHECK(sched_yield() == 0);
    return 0;
}
