/* Sorting 10,000 numbers with a comparison callback: indirect calls. */
#include "kernel.h"

static int by_value(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return x < y ? -1 : x > y;
}

static void swap(uint32_t *a, uint32_t *b) {
    uint32_t t = *a;
    *a = *b;
    *b = t;
}

/* The same algorithm everywhere, since every C library has a qsort of its own. */
static void sort(uint32_t *from, uint32_t *to, int (*compare)(const void *, const void *)) {
    while (to - from > 1) {
        swap(from, from + (to - from) / 2);
        uint32_t *low = from, *high = to;
        for (;;) {
            do {
                low++;
            } while (low < to && compare(low, from) < 0);
            do {
                high--;
            } while (compare(from, high) < 0);
            if (low >= high) {
                break;
            }
            swap(low, high);
        }
        swap(from, high);
        sort(from, high, compare);
        from = high + 1;
    }
}

static int (*volatile comparison)(const void *, const void *) = by_value;

void run(long count) {
    static uint32_t numbers[10000];
    uint32_t seed = 1;
    while (count-- > 0) {
        for (int i = 0; i < 10000; i++) {
            numbers[i] = seed = seed * 1664525 + 1013904223;
        }
        sort(numbers, numbers + 10000, comparison);
        sink = numbers[5000];
    }
}

void prepare(void) {}
