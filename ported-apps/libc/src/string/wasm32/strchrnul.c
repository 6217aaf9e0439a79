#include <string.h>
#include "words.h"

char *__strchrnul(const char *s, int c)
{
	c = (unsigned char)c;
	if (!c) return (char *)s + strlen(s);
	for (; (uintptr_t)s % WORD; s++) if (!*s || *(unsigned char *)s == c) return (char *)s;
	uint64_t all = ONES * c;
	const word *w = (const void *)s;
	for (;; w++) {
		/* Of the lowest bit both tests are right. */
		uint64_t found = zeros(*w) | zeros(*w ^ all);
		if (found) return (char *)w + first(found);
	}
}

weak_alias(__strchrnul, strchrnul);
