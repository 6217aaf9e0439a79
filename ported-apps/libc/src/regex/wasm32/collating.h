// Collating symbols and equivalence classes of bracket expressions, [.x.] and [=x=], which musl refuses. Each is one character
// here, as in Debian's C locales: there every character is alone in its class, and symbols have no names.
// POSIX.1-2017, XBD 9.3.5.

#include <string.h>
#include <wchar.h>

// The length of the symbol or class that s begins with, "[." or "[=" included, and its character; 0 if there is no such.
static int __collating(const char *s, wchar_t *character)
{
	const char end[] = { s[1], ']', 0 };
	// The character may be the one that ends the symbol: [.].], [...].
	const char *name = s + 2, *after = *name ? strstr(name + 1, end) : 0;
	return after && mbtowc(character, name, after - name) == after - name ? after + 2 - s : 0;
}
