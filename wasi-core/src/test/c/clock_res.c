/* Every clock has a resolution; an unknown one is EINVAL. */
#include "check.h"

int main(void) {
    __wasi_timestamp_t resolution;
    for (int clock = 0; clock < 4; clock++) {
        resolution = 0;
        WORKS(__wasi_clock_res_get(clock, &resolution));
        CHECK(resolution > 0 && resolution <= 1000000000);
    }
    GIVES(__WASI_ERRNO_INVAL, __wasi_clock_res_get(4, &resolution));
    GIVES(__WASI_ERRNO_INVAL, __wasi_clock_time_get(99, 0, &resolution));
    return 0;
}
