/* Measures the kernel that it is linked with: PROGRAM WARM-UP-SECONDS ROUND-SECONDS */
#include "../measure.h"
#include "kernel.h"

volatile uint32_t sink;

int main(int argc, char **argv) {
    static const struct operation operations[] = {{"time", run}, {NULL, NULL}};
    prepare();
    return run_all(operations, argc, argv);
}
