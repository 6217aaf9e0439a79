#include <string.h>
#include "words.h"

/* Only words that lie within n are read. */
void *memchr(const void *src, int c, size_t n)
{
	const unsigned char *s = src;
	c = (unsigned char)c;
	for (; (uintptr_t)s % WORD && n; s++, n--) if (*s == c) return (void *)s;
	uint64_t all = ONES * c;
	for (; n >= WORD; s += WORD, n -= WORD) {
		uint64_t found = zeros(*(const word *)s ^ all);
		if (found) return (void *)(s + first(found));
	}
	for (; n; s++, n--) if (*s == c) return (void *)s;
	return 0;
}
