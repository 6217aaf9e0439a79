/* The Mandelbrot set in 64 by 64 points: floating point in registers. */
#include "kernel.h"

enum { SIZE = 64, MOST = 200 };

void prepare(void) {}

void run(long count) {
    while (count-- > 0) {
        uint32_t sum = 0;
        for (int py = 0; py < SIZE; py++) {
            for (int px = 0; px < SIZE; px++) {
                double cx = px * 3.0 / SIZE - 2, cy = py * 2.0 / SIZE - 1, x = 0, y = 0;
                int i = 0;
                while (i < MOST && x * x + y * y < 4) {
                    double t = x * x - y * y + cx;
                    y = 2 * x * y + cy;
                    x = t;
                    i++;
                }
                sum += (uint32_t) i;
            }
        }
        sink = sum;
    }
}
