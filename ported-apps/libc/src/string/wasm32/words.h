/* Strings eight bytes at a time: an aligned word does not cross a page. */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__)) word;

#define WORD sizeof(word)
#define ONES (~(uint64_t)0 / 255)

/* The top bit of the first byte that is zero, and perhaps of bytes that follow it; 0 if none is. */
static inline uint64_t zeros(uint64_t x)
{
	return x - ONES & ~x & ONES << 7;
}

/* The number of the byte that the lowest of these bits is in. */
static inline int first(uint64_t bits)
{
	return __builtin_ctzll(bits) / 8;
}

#endif
