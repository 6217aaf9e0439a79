/* The real-time clock counts from 1970; the monotonic one never runs backwards. */
#include "check.h"

int main(void) {
    __wasi_timestamp_t now, earlier, later;
    WORKS(__wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 1, &now));
    CHECK(now > 1700000000000000000ull);
    WORKS(__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &earlier));
    for (int i = 0; i < 1000; i++) {
        WORKS(__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &later));
        CHECK(later >= earlier);
        earlier = later;
    }
    WORKS(__wasi_clock_time_get(__WASI_CLOCKID_PROCESS_CPUTIME_ID, 1, &now));
    WORKS(__wasi_clock_time_get(__WASI_CLOCKID_THREAD_CPUTIME_ID, 1, &now));
    return 0;
}
