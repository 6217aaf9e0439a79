#include <string.h>
#include <stdint.h>

typedef uint64_t __attribute__((__may_alias__, __aligned__(1))) word;

/* memory.fill is fast but has to be called. */
void *memset(void *to, int byte, size_t n)
{
	unsigned char *d = to;
	if (n > 32 || n < 8) {
		if (n > 7) return __builtin_memset(d, byte, n);
		for (size_t i = 0; i < n; i++) ((volatile unsigned char *)d)[i] = byte;
		return to;
	}
	word all = (unsigned char)byte * 0x0101010101010101ULL;
	*(word *)d = all;
	*(word *)(d + n - 8) = all;
	if (n > 16) {
		*(word *)(d + 8) = all;
		*(word *)(d + n - 16) = all;
	}
	return to;
}
