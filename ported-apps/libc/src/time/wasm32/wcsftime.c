/* By strftime, one conversion after the other. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include "locale_impl.h"
#include "../time_impl.h"

size_t __wcsftime_l(wchar_t *restrict s, size_t n, const wchar_t *restrict f, const struct tm *restrict tm, locale_t loc)
{
	size_t length = 0;
	while (length < n) {
		if (!*f) {
			s[length] = 0;
			return length;
		}
		if (*f != '%') {
			s[length++] = *f++;
			continue;
		}
		/* The character in front tells nothing from no room. */
		char format[64] = ".%", text[512];
		size_t end = 2;
		f++;
		while (end < sizeof format - 2 && *f && *f < 128 && strchr("_-0^#123456789EO", *f)) format[end++] = *f++;
		if (*f && *f < 128) format[end++] = *f++;
		if (!__strftime_l(text, sizeof text, format, tm, loc)) break;
		size_t more = mbstowcs(s + length, text + 1, n - length);
		if (more == -1 || more >= n - length) break;
		length += more;
	}
	return 0;
}

size_t wcsftime(wchar_t *restrict wcs, size_t n, const wchar_t *restrict f, const struct tm *restrict tm)
{
	return __wcsftime_l(wcs, n, f, tm, CURRENT_LOCALE);
}

weak_alias(__wcsftime_l, wcsftime_l);
