/*
 * Prints limits of types as shell assignments, under the names that the tests of coreutils ask for:
 * TYPE_MAX and TYPE_MIN, and the integers just beyond, TYPE_OFLOW and TYPE_UFLOW.
 */
#include <float.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define IS_SIGNED(type) ((type)-1 < 1)
#define MAXIMUM(type) (IS_SIGNED(type) ? (uintmax_t)((1ULL << (8 * sizeof(type) - 1)) - 1) : (uintmax_t)(type)-1)
#define INTEGER(name, type) integer(#name, MAXIMUM(type), IS_SIGNED(type))

/* Prints a number that is one more than an unsigned one of the largest type can say. */
static void one_more(char *sign, uintmax_t number)
{
	char digits[32] = "0";
	sprintf(digits + 1, "%ju", number);
	char *last = digits + strlen(digits) - 1;
	while (*last == '9')
		*last-- = '0';
	++*last;
	printf("%s%s\n", sign, digits + (*digits == '0'));
}

static void integer(const char *name, uintmax_t maximum, int is_signed)
{
	printf("%s_MAX=%ju\n%s_OFLOW=", name, maximum, name);
	one_more("", maximum);
	if (is_signed) {
		printf("%s_MIN=-%ju\n%s_UFLOW=", name, maximum + 1, name);
		one_more("-", maximum + 1);
	}
}

/* Prints a number with as few digits as tell it from its neighbours in its type. */
static void floating(const char *name, long double number, int type)
{
	char text[64];
	for (int digits = 1; digits < 40; digits++) {
		sprintf(text, "%.*Lg", digits, number);
		long double again = type == 0 ? strtof(text, 0) : type == 1 ? strtod(text, 0) : strtold(text, 0);
		if (again == number)
			break;
	}
	printf("%s=%s\n", name, text);
}

int main(void)
{
	INTEGER(CHAR, char);
	INTEGER(SCHAR, signed char);
	INTEGER(UCHAR, unsigned char);
	INTEGER(SHRT, short);
	INTEGER(INT, int);
	INTEGER(UINT, unsigned);
	INTEGER(LONG, long);
	INTEGER(ULONG, unsigned long);
	INTEGER(SIZE, size_t);
	INTEGER(SSIZE, ssize_t);
	INTEGER(TIME_T, time_t);
	INTEGER(UID_T, uid_t);
	INTEGER(GID_T, gid_t);
	INTEGER(PID_T, pid_t);
	INTEGER(OFF_T, off_t);
	INTEGER(INTMAX, intmax_t);
	INTEGER(UINTMAX, uintmax_t);
	floating("FLT_MIN", FLT_MIN, 0);
	floating("FLT_MAX", FLT_MAX, 0);
	floating("DBL_MIN", DBL_MIN, 1);
	floating("DBL_MAX", DBL_MAX, 1);
	floating("LDBL_MIN", LDBL_MIN, 2);
	floating("LDBL_MAX", LDBL_MAX, 2);
}
