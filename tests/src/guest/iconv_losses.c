// iconv to a charset that lacks characters: it stops there, leaves them out, or writes something else, as was asked for.
#include "check.h"
#include <iconv.h>

static void convert(const char *to, const char *from, const char *text) {
	iconv_t cd = iconv_open(to, from);
	if (cd == (iconv_t)-1) {
		told(to, -1);
		return;
	}
	char buffer[64], *in = (char *)text, *out = buffer;
	size_t left = strlen(text), room = sizeof buffer;
	long result = iconv(cd, &in, &left, &out, &room);
	int error = errno;
	say("%s: %ld %s, %zu left, '", to, result, result < 0 ? strerror(error) : "", left);
	for (char *c = buffer; c < out; c++) say("%02x", (unsigned char)*c);
	say("'\n");
	iconv_close(cd);
}

int main(void) {
	static const char *const to[] = {"ASCII", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "latin1", "CP1252", "KOI8-R", "SHIFT_JIS", "UTF-8", "UTF-16LE",
		"nothing"};
	char name[64];
	for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
		convert(to[i], "UTF-8", "plain");
		convert(to[i], "UTF-8", "a\u0e01z");
		snprintf(name, sizeof name, "%s//IGNORE", to[i]);
		convert(name, "UTF-8", "a\u0e01z\u0e02");
		snprintf(name, sizeof name, "%s//TRANSLIT", to[i]);
		convert(name, "UTF-8", "a\u0e01z");
	}
	convert("ISO-8859-1", "UTF-8", "\u00e9\u00ff");
	convert("UTF-8//TRANSLIT", "ISO-8859-1", "\xe9\xff");
	convert("ASCII", "UTF-8", "a\xff");
	return 0;
}
