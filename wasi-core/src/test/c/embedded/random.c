/* Prints a random number. */
#include <stdio.h>
#include <wasi/api.h>

int main(void) {
    uint64_t number;
    if (__wasi_random_get((uint8_t *)&number, sizeof number) != 0) {
        return 1;
    }
    printf("%llu\n", (unsigned long long)number);
    return 0;
}
