// Zones whose summer time has no rules, and local times that a change of the clock leaves out.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void local(const char *zone, int month, int day, int hour, int minute)
{
	setenv("TZ", zone, 1);
	tzset();
	struct tm tm = { .tm_year = 110, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute, .tm_isdst = -1 };
	time_t t = mktime(&tm);
	char text[64];
	strftime(text, sizeof text, "%F %T %Z %z", &tm);
	printf("%s %d-%d %d:%d: %lld, %s\n", zone, month, day, hour, minute, (long long)t, text);
}

int main(void)
{
	static const char *zones[] = { "EST5EDT", "PST8PDT", "EET-2EEST,M3.5.0/3,M10.5.0/4", "Europe/Helsinki", "UTC0" };
	for (int i = 0; i < 5; i++) {
		local(zones[i], 1, 1, 12, 0);
		local(zones[i], 7, 1, 12, 0);
		local(zones[i], 3, 14, 2, 30);
		local(zones[i], 3, 28, 3, 30);
		local(zones[i], 3, 28, 4, 30);
		local(zones[i], 11, 7, 3, 30);
	}
}
