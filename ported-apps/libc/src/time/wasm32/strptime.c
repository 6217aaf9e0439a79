/* strptime with what Debian's C library reads besides (%F, %G, %g, %k, %l, %s, %u, %V, %Z, %z, the modifiers of strftime), and
 * which finds the day of the week, of the year and of the month from one another. */
#define _GNU_SOURCE
#include <ctype.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* What has been read so far, beside the fields themselves. */
struct reading {
	struct tm *tm;
	int century, week, offset_of_week; /* -1 if they were not read */
	char year_of_century, hour_of_12, afternoon;
	char has_weekday, has_month, has_day, has_day_of_year;
	char wants_days; /* something was read that tells of a day */
};

static const char *read_format(struct reading *r, const char *s, const char *f);

/* A number from least to most, of as many digits as most has. */
static const char *number(const char *s, int least, int most, int *value)
{
	int digits = most > 999 ? 4 : most > 99 ? 3 : most > 9 ? 2 : 1;
	while (*s == ' ') s++;
	if (!isdigit(*s)) return 0;
	int n = 0;
	do n = n * 10 + *s++ - '0';
	while (--digits && n * 10 <= most && isdigit(*s));
	if (n < least || n > most) return 0;
	*value = n;
	return s;
}

/* One of the names of a locale, of which there are count long ones from `from` on, and as many short ones. */
static const char *name(const char *s, nl_item from, nl_item short_ones, int count, int *value)
{
	for (int i = 0; i < count; i++) {
		nl_item items[] = {from + i, short_ones + i};
		for (int j = 0; j < 2; j++) {
			const char *word = nl_langinfo(items[j]);
			size_t length = strlen(word);
			if (length && !strncasecmp(s, word, length)) {
				*value = i;
				return s + length;
			}
		}
	}
	return 0;
}

/* +hh, +hhmm, +hh:mm, or Z. */
static const char *zone(const char *s, struct tm *tm)
{
	while (isspace(*s)) s++;
	if (*s == 'Z') {
		tm->tm_gmtoff = 0;
		return s + 1;
	}
	if (*s != '+' && *s != '-') return 0;
	int sign = *s++ == '-' ? -1 : 1, n = 0, digits = 0;
	while (digits < 4 && isdigit(*s)) {
		n = n * 10 + *s++ - '0';
		if (++digits == 2 && *s == ':' && isdigit(s[1])) s++;
	}
	if (digits == 2) n *= 100;
	else if (digits != 4 || n % 100 >= 60) return 0;
	tm->tm_gmtoff = sign * (n / 100 * 3600 + n % 100 * 60);
	return s;
}

static const char *seconds_since_1970(const char *s, struct tm *tm)
{
	if (!isdigit(*s)) return 0;
	char *end;
	time_t t = strtoll(s, &end, 10);
	return localtime_r(&t, tm) ? end : 0;
}

static const char *conversion(struct reading *r, const char *s, char c)
{
	struct tm *tm = r->tm;
	int n;
	switch (c) {
	case 'a': case 'A':
		r->has_weekday = 1;
		return name(s, DAY_1, ABDAY_1, 7, &tm->tm_wday);
	case 'b': case 'B': case 'h':
		r->has_month = r->wants_days = 1;
		return name(s, MON_1, ABMON_1, 12, &tm->tm_mon);
	case 'c':
		return read_format(r, s, nl_langinfo(D_T_FMT));
	case 'C':
		r->wants_days = 1;
		return number(s, 0, 99, &r->century);
	case 'd': case 'e':
		r->has_day = r->wants_days = 1;
		return number(s, 1, 31, &tm->tm_mday);
	case 'D':
		return read_format(r, s, "%m/%d/%y");
	case 'F':
		return read_format(r, s, "%Y-%m-%d");
	case 'g':
		return number(s, 0, 99, &n);
	case 'G':
		if (!isdigit(*s)) return 0;
		while (isdigit(*s)) s++;
		return s;
	case 'H': case 'k':
		r->hour_of_12 = 0;
		return number(s, 0, 23, &tm->tm_hour);
	case 'I': case 'l':
		if (!(s = number(s, 1, 12, &n))) return 0;
		r->hour_of_12 = 1;
		tm->tm_hour = n % 12;
		return s;
	case 'j':
		if (!(s = number(s, 1, 366, &n))) return 0;
		r->has_day_of_year = 1;
		tm->tm_yday = n - 1;
		return s;
	case 'm':
		if (!(s = number(s, 1, 12, &n))) return 0;
		r->has_month = r->wants_days = 1;
		tm->tm_mon = n - 1;
		return s;
	case 'M':
		return number(s, 0, 59, &tm->tm_min);
	case 'n': case 't':
		while (isspace(*s)) s++;
		return s;
	case 'p':
		if (!(s = name(s, AM_STR, AM_STR, 2, &n))) return 0;
		r->afternoon = n;
		return s;
	case 'r':
		return read_format(r, s, nl_langinfo(T_FMT_AMPM));
	case 'R':
		return read_format(r, s, "%H:%M");
	case 's':
		return seconds_since_1970(s, tm);
	case 'S':
		return number(s, 0, 61, &tm->tm_sec);
	case 'T':
		return read_format(r, s, "%H:%M:%S");
	case 'u':
		if (!(s = number(s, 1, 7, &n))) return 0;
		r->has_weekday = 1;
		tm->tm_wday = n % 7;
		return s;
	case 'U': case 'W':
		r->offset_of_week = c == 'W';
		return number(s, 0, 53, &r->week);
	case 'V':
		return number(s, 0, 53, &n);
	case 'w':
		r->has_weekday = 1;
		return number(s, 0, 6, &tm->tm_wday);
	case 'x':
		return read_format(r, s, nl_langinfo(D_FMT));
	case 'X':
		return read_format(r, s, nl_langinfo(T_FMT));
	case 'y':
		if (!(s = number(s, 0, 99, &n))) return 0;
		r->year_of_century = r->wants_days = 1;
		tm->tm_year = n >= 69 ? n : n + 100;
		return s;
	case 'Y':
		if (!(s = number(s, 0, 9999, &n))) return 0;
		r->year_of_century = 0;
		r->wants_days = 1;
		tm->tm_year = n - 1900;
		return s;
	case 'z':
		return zone(s, tm);
	case 'Z':
		while (isspace(*s)) s++;
		while (*s && !isspace(*s)) s++;
		return s;
	case '%':
		return *s == '%' ? s + 1 : 0;
	default:
		return 0;
	}
}

static const char *read_format(struct reading *r, const char *s, const char *f)
{
	for (; *f; f++) {
		if (isspace(*f)) {
			while (isspace(*s)) s++;
		} else if (*f != '%') {
			if (*f != *s++) return 0;
		} else {
			do f++;
			while (*f && strchr("-_0^#", *f));
			/* Other digits and eras than the usual ones are of locales that there are not. */
			if (*f == 'E' && f[1] && strchr("cCxXY", f[1])) f++;
			else if (*f == 'O' && f[1] && strchr("bBdehHImMSUVwWy", f[1])) f++;
			if (!(s = conversion(r, s, *f))) return 0;
		}
	}
	return s;
}

/* How many days of the year lie before a month; of 12, all. */
static int days_before(int month, int year)
{
	static const short days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
	year += 1900;
	return days[month] + (month > 1 && year % 4 == 0 && (year % 100 || year % 400 == 0));
}

static int weekday(int year, int month, int day)
{
	/* Within the 400 years after which the calendar repeats; 1 January of the first was a Saturday. */
	int y = ((year + 1900) % 400 + 400) % 400;
	int days = y * 365 + (y + 3) / 4 - (y + 99) / 100 + (y > 0);
	return ((days + days_before(month, year) + day - 1 + 6) % 7 + 7) % 7;
}

/* The month and its day, as far as they were not read, from the day of the year. */
static void find_day(struct reading *r)
{
	struct tm *tm = r->tm;
	int month = 0;
	while (month < 11 && days_before(month + 1, tm->tm_year) <= tm->tm_yday) month++;
	if (!r->has_month) tm->tm_mon = month;
	if (!r->has_day) tm->tm_mday = tm->tm_yday - days_before(month, tm->tm_year) + 1;
}

static void find_days(struct reading *r)
{
	struct tm *tm = r->tm;
	if (r->wants_days && !r->has_weekday) {
		if (r->has_day_of_year && !(r->has_month && r->has_day)) find_day(r);
		if ((unsigned)tm->tm_mon < 12) tm->tm_wday = weekday(tm->tm_year, tm->tm_mon, tm->tm_mday);
	}
	if (r->wants_days && !r->has_day_of_year && (unsigned)tm->tm_mon < 12)
		tm->tm_yday = days_before(tm->tm_mon, tm->tm_year) + tm->tm_mday - 1;
	if (r->week >= 0 && r->has_weekday) {
		int first = weekday(tm->tm_year, 0, 1);
		if (!r->has_day_of_year)
			tm->tm_yday = (7 - (first - r->offset_of_week)) % 7 + (r->week - 1) * 7 + (tm->tm_wday - r->offset_of_week + 7) % 7;
		if (!r->has_day || !r->has_month) find_day(r);
	}
}

char *strptime(const char *restrict s, const char *restrict f, struct tm *restrict tm)
{
	struct reading r = {.tm = tm, .century = -1, .week = -1};
	if (!(s = read_format(&r, s, f))) return 0;
	if (r.hour_of_12 && r.afternoon) tm->tm_hour += 12;
	if (r.century >= 0) tm->tm_year = (r.year_of_century ? tm->tm_year % 100 : 0) + (r.century - 19) * 100;
	find_days(&r);
	return (char *)s;
}
