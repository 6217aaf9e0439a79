// The lengths of integers that only GNU's C library has: %Ld and %qd are %lld, printf's %Zu is %zu.
#include <stdio.h>
#include <wchar.h>

int main(void) {
	char text[128];
	wchar_t wide[128];
	printf("%d:", snprintf(text, sizeof text, "%Ld %Li %Lu %Lo %Lx %LX %qd %qu %Zu %Zd", -5000000000LL, 6000000000LL, 7000000000ULL,
		8ULL << 40, 9ULL << 40, 10ULL << 40, -11000000000LL, 12000000000ULL, (size_t)13, (size_t)14));
	puts(text);
	int length = swprintf(wide, sizeof wide / sizeof *wide, L"%Ld %Lx %qu %Zu", -5000000000LL, 9ULL << 40, 12000000000ULL, (size_t)13);
	printf("%d:%ls\n", length, wide);

	long long l, q;
	unsigned long long x;
	printf("%d:", sscanf("-5000000000 6000000000 0x70000000000", "%Ld %qd %Lx", &l, &q, &x));
	printf(" %lld %lld %llx\n", l, q, x);
	l = q = 0;
	printf("%d:", swscanf(L"-5000000000 6000000000", L"%Ld %qd", &l, &q));
	printf(" %lld %lld\n", l, q);
	return 0;
}
