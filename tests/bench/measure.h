/* Measures an operation: for a while without looking, then several times for a while, of which the median counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5

struct operation {
    const char *name;
    void (*run)(long count);
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return x < y ? -1 : x > y;
}

/* Prints the nanoseconds that one run takes. */
static inline void measure(const struct operation *operation, double warm_up, double round) {
    long count = 1;
    double began = now(), took = 0;
    do {
        double start = now();
        operation->run(count);
        took = now() - start;
        if (took < round / 4 && took * 4 * count < 4e15) {
            count *= 2;
        }
    } while (now() - began < warm_up);
    double results[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        operation->run(count);
        results[i] = (now() - start) / (double) count;
    }
    qsort(results, ROUNDS, sizeof *results, ascending);
    printf("%s %.1f\n", operation->name, results[ROUNDS / 2]);
    fflush(stdout);
}

/* main: PROGRAM WARM-UP-SECONDS ROUND-SECONDS [NAME ...] */
static inline int run_all(const struct operation *operations, int argc, char **argv) {
    double warm_up = atof(argv[1]) * 1e9, round = atof(argv[2]) * 1e9;
    for (const struct operation *o = operations; o->name; o++) {
        int wanted = argc == 3;
        for (int i = 3; i < argc; i++) {
            wanted |= strcmp(argv[i], o->name) == 0;
        }
        if (wanted) {
            measure(o, warm_up, round);
        }
    }
    return 0;
}
