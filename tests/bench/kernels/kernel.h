/* What a kernel is: run does its work a number of times; prepare comes first. main.c measures. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Compiled for Javix, both can also be called from outside. */
#ifdef __wasm__
#define CALLABLE(name) __attribute__((export_name(name)))
#else
#define CALLABLE(name)
#endif

void prepare(void) CALLABLE("prepare");
void run(long count) CALLABLE("run");

/* Where results go, so that no compiler leaves the work out. */
extern volatile uint32_t sink;

/* Bytes without a pattern, the same everywhere. */
static inline void fill(uint8_t *data, size_t length) {
    for (size_t i = 0; i < length; i++) {
        data[i] = (uint8_t) ((uint32_t) i * 2654435761u >> 13);
    }
}
