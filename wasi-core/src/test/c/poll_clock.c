/* A relative and an absolute time are waited for. */
#include "check.h"

static __wasi_timestamp_t now(void) {
    __wasi_timestamp_t time;
    WORKS(__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &time));
    return time;
}

int main(void) {
    __wasi_subscription_t in = {.userdata = 7};
    __wasi_event_t out;
    __wasi_size_t count;
    in.u.tag = __WASI_EVENTTYPE_CLOCK;
    in.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    in.u.u.clock.timeout = 20000000;
    __wasi_timestamp_t start = now();
    WORKS(__wasi_poll_oneoff(&in, &out, 1, &count));
    CHECK(count == 1 && out.userdata == 7 && out.error == 0 && out.type == __WASI_EVENTTYPE_CLOCK);
    CHECK(now() - start >= 20000000);

    in.u.u.clock.flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME;
    in.u.u.clock.timeout = now() + 20000000;
    WORKS(__wasi_poll_oneoff(&in, &out, 1, &count));
    CHECK(count == 1 && now() >= in.u.u.clock.timeout);
    in.u.u.clock.timeout = 1;
    WORKS(__wasi_poll_oneoff(&in, &out, 1, &count));
    CHECK(count == 1 && out.error == 0);
    return 0;
}
