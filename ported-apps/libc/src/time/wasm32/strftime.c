/* strftime with what Debian's C library writes besides (%k, %l, %P), its flags (_ - 0 ^ #) and widths for every conversion; what is
 * no conversion stays as it is. */
#define _GNU_SOURCE
#include <ctype.h>
#include <langinfo.h>
#include <string.h>
#include <time.h>
#include "locale_impl.h"
#include "../time_impl.h"

struct writing {
	char *s;
	size_t room, length; /* one byte of room is for the end */
	int full;
};

/* What stands between % and the conversion. */
struct form {
	char pad, upper, change_case, modifier;
	size_t width;
};

static void put(struct writing *w, const char *text, size_t length)
{
	if (w->full || length >= w->room - w->length) {
		w->full = 1;
		return;
	}
	memcpy(w->s + w->length, text, length);
	w->length += length;
}

static void fill(struct writing *w, char c, size_t count)
{
	if (w->full || count >= w->room - w->length) {
		w->full = 1;
		return;
	}
	memset(w->s + w->length, c, count);
	w->length += count;
}

enum letters { AS_THEY_ARE, UPPER, LOWER };

static void words(struct writing *w, const struct form *f, const char *text, size_t length, enum letters letters)
{
	if (f->width > length) fill(w, f->pad == '0' ? '0' : ' ', f->width - length);
	size_t from = w->length;
	put(w, text, length);
	for (char *c = w->s + from; letters && c < w->s + w->length; c++) *c = letters == UPPER ? toupper(*c) : tolower(*c);
}

static void word(struct writing *w, const struct form *f, const char *text, enum letters letters)
{
	words(w, f, text, strlen(text), letters);
}

/* A number of at least so many digits; with a pad of its own unless another was asked for. */
static void number(struct writing *w, const struct form *f, size_t digits, long long value, char pad)
{
	char text[24], *first = text + sizeof text;
	unsigned long long rest = value < 0 ? -(unsigned long long)value : value;
	do *--first = '0' + rest % 10;
	while (rest /= 10);
	size_t length = text + sizeof text - first, wanted = digits > f->width ? digits : f->width, sign = value < 0;
	size_t missing = wanted > length + sign ? wanted - length - sign : 0;
	if (f->pad) pad = f->pad;
	if (pad == '-') {
		missing = f->width > length + sign ? f->width - length - sign : 0;
		pad = ' ';
	}
	if (pad != '0') fill(w, ' ', missing);
	if (sign) put(w, "-", 1);
	if (pad == '0') fill(w, '0', missing);
	put(w, first, length);
}

static int days_of_year(long long year)
{
	return year % 4 == 0 && (year % 100 || year % 400 == 0) ? 366 : 365;
}

/* The week of ISO 8601 that a day lies in, and the year that this week belongs to. */
static int week(const struct tm *tm, long long *year)
{
	*year = tm->tm_year + 1900LL;
	/* A week belongs to the year of its Thursday. */
	int thursday = tm->tm_yday - (tm->tm_wday + 6) % 7 + 3;
	if (thursday < 0) thursday += days_of_year(--*year);
	else if (thursday >= days_of_year(*year)) thursday -= days_of_year((*year)++);
	return thursday / 7 + 1;
}

static void write_format(struct writing *w, const char *f, const struct tm *tm, locale_t loc);

static void composed(struct writing *w, const struct form *f, const char *format, const struct tm *tm, locale_t loc)
{
	char text[256];
	struct writing part = {text, sizeof text};
	write_format(&part, format, tm, loc);
	words(w, f, text, part.length, f->upper ? UPPER : AS_THEY_ARE);
}

static void zone_offset(struct writing *w, const struct form *f, const struct tm *tm)
{
	if (tm->tm_isdst < 0) return;
	long minutes = tm->__tm_gmtoff / 60;
	word(w, f, tm->__tm_gmtoff < 0 ? "-" : "+", AS_THEY_ARE);
	if (minutes < 0) minutes = -minutes;
	number(w, f, 4, minutes / 60 * 100 + minutes % 60, '0');
}

/* False for what is no conversion. */
static int conversion(struct writing *w, const struct form *f, char c, const struct tm *tm, locale_t loc)
{
	if (f->modifier && strchr(f->modifier == 'E' ? "aAbBdDeFgGhHIjklmMSUVwW" : "aAcDFxXY", c)) return 0;
	enum letters upper = f->upper ? UPPER : AS_THEY_ARE;
	enum letters name = f->upper || f->change_case ? UPPER : AS_THEY_ARE;
	long long year = tm->tm_year + 1900LL, year_of_week;
	int hour = tm->tm_hour % 12 ? tm->tm_hour > 12 ? tm->tm_hour - 12 : tm->tm_hour : 12;
	switch (c) {
	case 'a':
		word(w, f, tm->tm_wday > 6U ? "?" : nl_langinfo_l(ABDAY_1 + tm->tm_wday, loc), name);
		break;
	case 'A':
		word(w, f, tm->tm_wday > 6U ? "?" : nl_langinfo_l(DAY_1 + tm->tm_wday, loc), name);
		break;
	case 'b': case 'h':
		word(w, f, tm->tm_mon > 11U ? "?" : nl_langinfo_l(ABMON_1 + tm->tm_mon, loc), name);
		break;
	case 'B':
		word(w, f, tm->tm_mon > 11U ? "?" : nl_langinfo_l(MON_1 + tm->tm_mon, loc), name);
		break;
	case 'c':
		composed(w, f, nl_langinfo_l(D_T_FMT, loc), tm, loc);
		break;
	case 'C':
		number(w, f, 1, year / 100 - (year % 100 < 0), '0');
		break;
	case 'd':
		number(w, f, 2, tm->tm_mday, '0');
		break;
	case 'D':
		composed(w, f, "%m/%d/%y", tm, loc);
		break;
	case 'e':
		number(w, f, 2, tm->tm_mday, '_');
		break;
	case 'F':
		composed(w, f, "%Y-%m-%d", tm, loc);
		break;
	case 'g':
		week(tm, &year_of_week);
		number(w, f, 2, (year_of_week % 100 + 100) % 100, '0');
		break;
	case 'G':
		week(tm, &year_of_week);
		number(w, f, 1, year_of_week, '0');
		break;
	case 'H':
		number(w, f, 2, tm->tm_hour, '0');
		break;
	case 'I':
		number(w, f, 2, hour, '0');
		break;
	case 'j':
		number(w, f, 3, tm->tm_yday + 1LL, '0');
		break;
	case 'k':
		number(w, f, 2, tm->tm_hour, '_');
		break;
	case 'l':
		number(w, f, 2, hour, '_');
		break;
	case 'm':
		number(w, f, 2, tm->tm_mon + 1LL, '0');
		break;
	case 'M':
		number(w, f, 2, tm->tm_min, '0');
		break;
	case 'n':
		word(w, f, "\n", AS_THEY_ARE);
		break;
	case 'p':
		word(w, f, nl_langinfo_l(tm->tm_hour > 11 ? PM_STR : AM_STR, loc), f->change_case ? LOWER : upper);
		break;
	case 'P':
		word(w, f, nl_langinfo_l(tm->tm_hour > 11 ? PM_STR : AM_STR, loc), LOWER);
		break;
	case 'r':
		composed(w, f, nl_langinfo_l(T_FMT_AMPM, loc), tm, loc);
		break;
	case 'R':
		composed(w, f, "%H:%M", tm, loc);
		break;
	case 's': {
		struct tm copy = *tm;
		number(w, f, 1, mktime(&copy), ' ');
		break;
	}
	case 'S':
		number(w, f, 2, tm->tm_sec, '0');
		break;
	case 't':
		word(w, f, "\t", AS_THEY_ARE);
		break;
	case 'T':
		composed(w, f, "%H:%M:%S", tm, loc);
		break;
	case 'u':
		number(w, f, 1, (tm->tm_wday + 6) % 7 + 1, '0');
		break;
	case 'U':
		number(w, f, 2, (tm->tm_yday - tm->tm_wday + 7) / 7, '0');
		break;
	case 'V':
		number(w, f, 2, week(tm, &year_of_week), '0');
		break;
	case 'w':
		number(w, f, 1, tm->tm_wday, '0');
		break;
	case 'W':
		number(w, f, 2, (tm->tm_yday - (tm->tm_wday + 6) % 7 + 7) / 7, '0');
		break;
	case 'x':
		composed(w, f, nl_langinfo_l(D_FMT, loc), tm, loc);
		break;
	case 'X':
		composed(w, f, nl_langinfo_l(T_FMT, loc), tm, loc);
		break;
	case 'y':
		number(w, f, 2, (tm->tm_year % 100 + 100) % 100, '0');
		break;
	case 'Y':
		number(w, f, 1, year, '0');
		break;
	case 'z':
		zone_offset(w, f, tm);
		break;
	case 'Z':
		word(w, f, __tm_to_tzname(tm), f->change_case ? LOWER : upper);
		break;
	case '%':
		word(w, f, "%", AS_THEY_ARE);
		break;
	default:
		return 0;
	}
	return 1;
}

static void write_format(struct writing *w, const char *f, const struct tm *tm, locale_t loc)
{
	for (; *f; f++) {
		if (*f != '%') {
			put(w, f, 1);
			continue;
		}
		const char *start = f++;
		struct form form = {0};
		for (; *f && strchr("_-0^#", *f); f++) {
			if (*f == '^') form.upper = 1;
			else if (*f == '#') form.change_case = 1;
			else form.pad = *f;
		}
		for (; isdigit(*f); f++) form.width = form.width > 100000 ? form.width : form.width * 10 + *f - '0';
		if (*f == 'E' || *f == 'O') form.modifier = *f++;
		if (!*f) f--;
		if (f == start || !conversion(w, &form, *f, tm, loc)) words(w, &form, start, f - start + 1, form.upper);
	}
}

size_t __strftime_l(char *restrict s, size_t n, const char *restrict f, const struct tm *restrict tm, locale_t loc)
{
	struct writing w = {s, n};
	write_format(&w, f, tm, loc);
	if (n) s[w.length] = 0;
	return w.full ? 0 : w.length;
}

size_t strftime(char *restrict s, size_t n, const char *restrict f, const struct tm *restrict tm)
{
	return __strftime_l(s, n, f, tm, CURRENT_LOCALE);
}

weak_alias(__strftime_l, strftime_l);
