#include <string.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__, __aligned__(1))) word;

/* Eight bytes at a time, at any alignment. */
int memcmp(const void *vl, const void *vr, size_t n)
{
	const unsigned char *l = vl, *r = vr;
	for (; n >= 8; n -= 8, l += 8, r += 8) {
		word a = *(word *)l, b = *(word *)r;
		if (a != b) {
			int shift = __builtin_ctzll(a ^ b) & ~7;
			return (int)(a >> shift & 255) - (int)(b >> shift & 255);
		}
	}
	for (; n; n--, l++, r++) if (*l != *r) return *l - *r;
	return 0;
}
