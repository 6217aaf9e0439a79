// Every conversion of strptime, GNU's own too, and the days that it finds from one another.
#include "check.h"

int main(void) {
	static const struct {
		const char *text, *format;
	} forms[] = {
		{"2024-03-05", "%F"},
		{"1700000000 x", "%s"},
		{"+0130", "%z"},
		{"-01:30", "%z"},
		{"Z", "%z"},
		{"+01", "%z"},
		{"+01:75", "%z"},
		{"+1", "%z"},
		{"CET rest", "%Z"},
		{"7", "%u"},
		{"5", "%u"},
		{"0", "%u"},
		{"2024", "%G"},
		{"24", "%g"},
		{"10", "%V"},
		{"10", "%U"},
		{"10", "%W"},
		{" 9", "%k"},
		{" 9", "%l"},
		{"09 PM", "%I %p"},
		{"09 pm", "%I %p"},
		{"12 am", "%I %p"},
		{"PM 3", "%p %H"},
		{"Tue Mar  5 10:11:12 2024", "%c"},
		{"2024-03-05T10:11:12Z", "%Y-%m-%dT%H:%M:%S%z"},
		{"12.5", "%S"},
		{"%", "%%"},
		{"20 24", "%C %y"},
		{"20", "%C"},
		{"065 2024", "%j %Y"},
		{"99", "%y"},
		{"68", "%y"},
		{"10:11:12 PM", "%r"},
		{"10:11", "%R"},
		{"03/05/24", "%D"},
		{"03/05/24", "%x"},
		{"-5", "%Y"},
		{"Tuesday", "%A"},
		{"tue", "%a"},
		{"MARCH", "%B"},
		{"  x", "%n%tx"},
		{"05", "%Od"},
		{"24", "%-y"},
		{"60", "%S"},
		{"61", "%S"},
		{"62", "%S"},
		{"24", "%H"},
		{"+5", "%d"},
		{"2024 10 2", "%Y %U %w"},
		{"2024 10 Sun", "%Y %W %a"},
		{"2024 366", "%Y %j"},
		{"1900-02-28", "%F"},
		{"2000-12-31", "%F"},
		{"0001-01-01", "%F"},
		{"x", "%q"},
		{"2024", "%"},
	};
	setenv("TZ", "UTC0", 1);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct tm tm = {.tm_mday = 1};
		char *rest = strptime(forms[i].text, forms[i].format, &tm);
		say("%s of '%s': ", forms[i].format, forms[i].text);
		if (rest)
			say("%d-%d-%d %d:%d:%d weekday %d day %d %ld, rest '%s'\n", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min,
				tm.tm_sec, tm.tm_wday, tm.tm_yday, tm.tm_gmtoff, rest);
		else
			say("no\n");
	}
	return 0;
}
