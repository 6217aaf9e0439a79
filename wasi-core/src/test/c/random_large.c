/* A large buffer is filled to its last byte with bytes that differ; an empty one is fine, even nowhere. */
#include "check.h"

static uint8_t large[1 << 20];

int main(void) {
    WORKS(__wasi_random_get(large, sizeof large));
    int counts[256] = {0};
    for (unsigned i = 0; i < sizeof large; i++) {
        counts[large[i]]++;
    }
    for (int byte = 0; byte < 256; byte++) {
        CHECK(counts[byte] > 3000 && counts[byte] < 5500);
    }
    uint8_t tail[16];
    memcpy(tail, large + sizeof large - 16, 16);
    WORKS(__wasi_random_get(large, sizeof large));
    CHECK(memcmp(tail, large + sizeof large - 16, 16) != 0);
    WORKS(__wasi_random_get(large, 0));
    return 0;
}
