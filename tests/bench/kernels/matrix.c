/* The product of two matrices of 128 by 128 doubles: one column is read across the rows. */
#include "kernel.h"

void run(long count) {
    enum { N = 128 };
    static double a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = i + j;
            b[i][j] = i - j;
        }
    }
    while (count-- > 0) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0;
                for (int k = 0; k < N; k++) {
                    sum += a[i][k] * b[k][j];
                }
                c[i][j] = sum;
            }
        }
        sink = (uint32_t) c[5][7];
    }
}

void prepare(void) {}
