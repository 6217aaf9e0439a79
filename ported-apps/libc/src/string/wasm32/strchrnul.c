#include <string.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__)) word;

#define ONES (~(uint64_t)0 / 255)
#define ZERO(x) ((x) - ONES & ~(x) & ONES << 7)

/* Eight bytes at a time: an aligned word does not cross a page. */
char *__strchrnul(const char *s, int c)
{
	c = (unsigned char)c;
	if (!c) return (char *)s + strlen(s);
	for (; (uintptr_t)s % 8; s++) if (!*s || *(unsigned char *)s == c) return (char *)s;
	uint64_t all = ONES * c;
	const word *w = (const void *)s;
	for (;; w++) {
		uint64_t x = *w, y = x ^ all, found = ZERO(x) | ZERO(y);
		/* Of the lowest flag both tests are right. */
		if (found) return (char *)w + __builtin_ctzll(found) / 8;
	}
}

weak_alias(__strchrnul, strchrnul);
