#include <string.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__)) word;

#define ONES (~(uint64_t)0 / 255)
#define ZERO(x) ((x) - ONES & ~(x) & ONES << 7)

/* Eight bytes at a time: an aligned word does not cross a page, and only those that lie within n are read. */
void *memchr(const void *src, int c, size_t n)
{
	const unsigned char *s = src;
	c = (unsigned char)c;
	for (; (uintptr_t)s % 8 && n; s++, n--) if (*s == c) return (void *)s;
	uint64_t all = ONES * c;
	for (; n >= 8; s += 8, n -= 8) {
		uint64_t x = *(const word *)s ^ all;
		if (ZERO(x)) return (void *)(s + __builtin_ctzll(ZERO(x)) / 8);
	}
	for (; n; s++, n--) if (*s == c) return (void *)s;
	return 0;
}
