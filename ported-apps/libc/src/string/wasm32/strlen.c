#include <string.h>
#include "words.h"

size_t strlen(const char *s)
{
	const char *a = s;
	for (; (uintptr_t)s % WORD; s++) if (!*s) return s - a;
	const word *w = (const void *)s;
	while (!zeros(*w)) w++;
	return (const char *)w - a + first(zeros(*w));
}
