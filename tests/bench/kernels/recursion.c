/* Places eight queens and computes Fibonacci numbers: calls and short functions. */
#include "kernel.h"

static uint32_t fibonacci(uint32_t n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static uint32_t place(uint32_t free, uint32_t left, uint32_t right, uint32_t all) {
    if (free == 0) {
        return 1;
    }
    uint32_t solutions = 0;
    for (uint32_t squares = free & ~left & ~right & all; squares; squares &= squares - 1) {
        uint32_t queen = squares & -squares;
        solutions += place(free ^ queen, (left | queen) << 1, (right | queen) >> 1, all);
    }
    return solutions;
}

static volatile uint32_t size = 20;

void prepare(void) {}

void run(long count) {
    while (count-- > 0) {
        sink = fibonacci(size);
        if (place(255, 0, 0, 255) != 92) {
            abort();
        }
    }
}
