/* Counts the words in 64 KiB: bytes and unpredictable conditions. */
#include "kernel.h"

static uint8_t data[1 << 16];

void run(long count) {
    uint32_t words = 0;
    while (count-- > 0) {
        int inside = 0;
        for (size_t i = 0; i < sizeof data; i++) {
            int letter = (data[i] | 32) >= 'a' && (data[i] | 32) <= 'z';
            words += letter && !inside;
            inside = letter;
        }
    }
    sink = words;
}

void prepare(void) {
    fill(data, sizeof data);
}
