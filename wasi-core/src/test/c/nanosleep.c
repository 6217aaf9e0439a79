/* The libc's sleeping functions sleep. */
#include "check.h"
#include <time.h>
#include <unistd.h>

int main(void) {
    struct timespec before, after, pause = {0, 20000000};
    CHECK(clock_gettime(CLOCK_MONOTONIC, &before) == 0);
    CHECK(nanosleep(&pause, NULL) == 0);
    CHECK(usleep(1000) == 0);
    CHECK(clock_gettime(CLOCK_MONOTONIC, &after) == 0);
    CHECK((after.tv_sec - before.tv_sec) * 1000000000ll + after.tv_nsec - before.tv_nsec >= 21000000);
    return 0;
}
