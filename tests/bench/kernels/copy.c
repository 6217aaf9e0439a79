/* memcpy, memmove and memset of 16 bytes to 64 KiB, at addresses of every alignment. */
#include "kernel.h"

enum { SIZE = 1 << 16 };

static uint8_t from[SIZE + 64], to[SIZE + 64];

/* No compiler may know the lengths. */
static volatile size_t lengths[] = {16, 24, 48, 100, 256, 1000, 4096, 16384, SIZE};

void prepare(void) {
    fill(from, sizeof from);
}

void run(long count) {
    while (count-- > 0) {
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            size_t length = lengths[i];
            for (size_t done = 0, shift = 0; done < SIZE; done += length, shift = (shift + 7) & 63) {
                memcpy(to + shift, from + (shift * 5 & 63), length);
                memset(from + shift, (int) done, length);
                memmove(to + (shift * 3 & 63), to + shift, length);
            }
        }
        sink = to[1234];
    }
}
