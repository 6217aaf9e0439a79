// Integer arithmetic of all widths, shifts and rotations.
#include <stdint.h>
#include <stdio.h>
int main(void) {
    volatile uint32_t a = 0xdeadbeef;
    volatile int64_t b = INT64_MIN;
    volatile uint64_t c = 0x123456789abcdef0ULL;
    volatile int8_t d = -128;
    printf("%x %x %x\n", a >> 3, (uint32_t) ((int32_t) a >> 3), a << 5 | a >> 27);
    printf("%lld %llu %lld\n", (long long) (b >> 7), (unsigned long long) (c * c), (long long) (b + (int64_t) c));
    printf("%d %d %u\n", d, (uint8_t) d, (unsigned) (int16_t) 0x8000);
    printf("%d %d %d\n", __builtin_clz(a), __builtin_ctzll(c), __builtin_popcountll(c));
    printf("%lld %lld %llu\n", -7LL / 2, -7LL % 2, c / 1000);
    unsigned __int128 w = (unsigned __int128) c * c;
    printf("%llx %llx\n", (unsigned long long) (w >> 64), (unsigned long long) w);
    return 0;
}
