#define _GNU_SOURCE
#include <ctype.h>
#include <string.h>

/* The two-way algorithm of Crochemore and Perrin, which takes linear time and no memory. The needle is cut in two where
 * its maximal suffix begins, of the two orders of letters the later one. The right part is compared from left to right; what matches
 * tells how far to move. Then the left part is, from right to left. Where the needle is periodic, what is known to match
 * already is remembered. */

static int letter(const char *text, long at)
{
	return tolower((unsigned char)text[at]);
}

/* Where the part before the maximal suffix ends, and the suffix's period. */
static long before_suffix(const char *needle, long length, int reversed, long *period)
{
	long before = -1, candidate = 0, offset = 1;
	*period = 1;
	while (candidate + offset < length) {
		int difference = letter(needle, candidate + offset) - letter(needle, before + offset);
		if (reversed) difference = -difference;
		if (difference < 0) {
			candidate += offset;
			offset = 1;
			*period = candidate - before;
		} else if (difference > 0) {
			before = candidate++;
			offset = *period = 1;
		} else if (offset == *period) {
			candidate += *period;
			offset = 1;
		} else {
			offset++;
		}
	}
	return before;
}

static int starts_again(const char *needle, long length, long period)
{
	for (long i = 0; i < length; i++)
		if (letter(needle, i) != letter(needle, i + period)) return 0;
	return 1;
}

char *strcasestr(const char *haystack, const char *needle)
{
	long length = strlen(needle), period, other;
	if (!length) return (char *)haystack;
	long before = before_suffix(needle, length, 0, &period), reversed = before_suffix(needle, length, 1, &other);
	if (reversed > before) {
		before = reversed;
		period = other;
	}
	int periodic = starts_again(needle, before + 1, period);
	if (!periodic) period = (before + 1 > length - before - 1 ? before + 1 : length - before - 1) + 1;

	/* The haystack is known to go on until here: its end is looked for no earlier than it has to be. */
	const char *known = haystack;
	/* How much of the needle's beginning matches, less one. */
	long matching = -1;
	while (1) {
		if (known - haystack < length) {
			size_t more = length | 63, found = strnlen(known, more);
			known += found;
			if (known - haystack < length) return 0;
		}
		long i = (before > matching ? before : matching) + 1;
		while (i < length && letter(needle, i) == letter(haystack, i)) i++;
		if (i < length) {
			haystack += i - before;
			matching = -1;
			continue;
		}
		i = before;
		while (i > matching && letter(needle, i) == letter(haystack, i)) i--;
		if (i <= matching) return (char *)haystack;
		haystack += period;
		matching = periodic ? length - period - 1 : -1;
	}
}
