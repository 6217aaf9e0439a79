/* Random bytes fill all of a buffer of any size, and differ each time. */
#include "check.h"

#define SIZE 100000

int main(void) {
    uint8_t *a = calloc(SIZE, 1), *b = calloc(SIZE, 1);
    WORKS(__wasi_random_get(a, SIZE));
    WORKS(__wasi_random_get(b, SIZE));
    CHECK(memcmp(a, b, SIZE) != 0);
    int seen[256] = {0};
    for (int i = 0; i < SIZE; i++) {
        seen[a[i]]++;
    }
    for (int i = 0; i < 256; i++) {
        CHECK(seen[i] > 0);
    }
    CHECK(memcmp(a + SIZE - 64, b, 64) != 0);
    WORKS(__wasi_random_get(a, 0));
    return 0;
}
