/* An absolute time in the past has come at once; one to come is waited for, on either clock. */
#include "check.h"

static __wasi_timestamp_t now(__wasi_clockid_t clock) {
    __wasi_timestamp_t time;
    WORKS(__wasi_clock_time_get(clock, 1, &time));
    return time;
}

static void wait_for(__wasi_clockid_t clock, __wasi_timestamp_t time) {
    __wasi_subscription_t in = {.userdata = 7, .u = {.tag = __WASI_EVENTTYPE_CLOCK}};
    in.u.u.clock.id = clock;
    in.u.u.clock.timeout = time;
    in.u.u.clock.flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME;
    __wasi_event_t out;
    __wasi_size_t count;
    WORKS(__wasi_poll_oneoff(&in, &out, 1, &count));
    CHECK(count == 1 && out.userdata == 7 && out.error == 0 && out.type == __WASI_EVENTTYPE_CLOCK);
}

int main(void) {
    for (__wasi_clockid_t clock = __WASI_CLOCKID_REALTIME; clock <= __WASI_CLOCKID_MONOTONIC; clock++) {
        __wasi_timestamp_t start = now(clock);
        wait_for(clock, 0);
        wait_for(clock, start);
        wait_for(clock, start + 30000000);
        __wasi_timestamp_t taken = now(clock) - start;
        CHECK(taken >= 30000000 && taken < 10000000000);
    }
    return 0;
}
