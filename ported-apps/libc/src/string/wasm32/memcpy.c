#include <string.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__, __aligned__(1))) word;
typedef uint32_t __attribute__((__may_alias__, __aligned__(1))) half;

/* memory.copy is fast but has to be called; most copies are of a few bytes. */
void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	unsigned char *d = to;
	const unsigned char *s = from;
	if (n > 32) {
		__builtin_memcpy(d, s, n);
	} else if (n >= 16) {
		word a = *(word *)s, b = *(word *)(s + 8), c = *(word *)(s + n - 16), e = *(word *)(s + n - 8);
		*(word *)d = a;
		*(word *)(d + 8) = b;
		*(word *)(d + n - 16) = c;
		*(word *)(d + n - 8) = e;
	} else if (n >= 8) {
		word a = *(word *)s, b = *(word *)(s + n - 8);
		*(word *)d = a;
		*(word *)(d + n - 8) = b;
	} else if (n >= 4) {
		half a = *(half *)s, b = *(half *)(s + n - 4);
		*(half *)d = a;
		*(half *)(d + n - 4) = b;
	} else if (n) {
		d[0] = s[0];
		if (n > 1) d[1] = s[1];
		if (n > 2) d[2] = s[2];
	}
	return to;
}
