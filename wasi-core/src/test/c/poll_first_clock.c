/* Of several times the first that comes is the event. */
#include "check.h"

int main(void) {
    __wasi_subscription_t in[3] = {{.userdata = 1}, {.userdata = 2}, {.userdata = 3}};
    __wasi_timestamp_t times[3] = {UINT64_MAX, 10000000, 60000000000};
    for (int i = 0; i < 3; i++) {
        in[i].u.tag = __WASI_EVENTTYPE_CLOCK;
        in[i].u.u.clock.id = __WASI_CLOCKID_REALTIME;
        in[i].u.u.clock.timeout = times[i];
    }
    __wasi_event_t out[3];
    __wasi_size_t count;
    WORKS(__wasi_poll_oneoff(in, out, 3, &count));
    CHECK(count == 1 && out[0].userdata == 2);
    return 0;
}
