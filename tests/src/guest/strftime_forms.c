// Every conversion of strftime, GNU's own too, with flags, widths and modifiers, in bytes and in wide characters.
#include "check.h"
#include <locale.h>
#include <wchar.h>

static const char conversions[] = "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%iNv";

static void show(const char *flags, const struct tm *tm) {
	say("%%%s:", flags);
	for (const char *c = conversions; *c; c++) {
		char format[16], text[64];
		snprintf(format, sizeof format, "%%%s%c", flags, *c);
		size_t length = strftime(text, sizeof text, format, tm);
		text[length] = 0;
		say(" %c %zu '%s'", *c, length, text);
	}
	say("\n");
}

int main(void) {
	static const char *const flags[] = {"", "-", "_", "0", "^", "#", "E", "O", "5", "_5", "05", "-5", "^10", "+"};
	static const time_t times[] = {1709633472, 1730000000, -5000000000LL, 253402300800LL};
	setenv("TZ", "EST5", 1);
	struct tm tm;
	for (int t = 0; t < 4; t++)
		for (size_t f = 0; f < sizeof flags / sizeof *flags; f++) show(flags[f], localtime_r(&times[t], &tm));

	struct tm odd = {.tm_wday = 9, .tm_mon = 13, .tm_year = -2000, .tm_hour = 30};
	char text[64];
	for (const char *c = "aAbBCdFhHIjmMpPRSTyY"; *c; c++) {
		strftime(text, sizeof text, (char[]){'%', *c, 0}, &odd);
		say("odd %c '%s'\n", *c, text);
	}
	strftime(text, sizeof text, "%Z %z", gmtime_r(&times[0], &tm));
	say("%s\n", text);
	told("just fits", strftime(text, 6, "%H:%M", &tm));
	told("does not", strftime(text, 5, "%H:%M", &tm));
	wchar_t wide[64];
	told("wide", wcsftime(wide, 64, L"%^a %-d \u00e9 %l%P|%5Y|%Q", &tm));
	setlocale(LC_ALL, "C.UTF-8");
	told("wide", wcsftime(wide, 64, L"%^a %-d \u00e9 %l%P|%5Y|%Q", &tm));
	say("%ls\n", wide);
	told("wide does not", wcsftime(wide, 5, L"%H:%M", &tm));
	return 0;
}
