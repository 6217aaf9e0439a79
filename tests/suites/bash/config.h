/* What the helper programs of the tests ask of a configured bash. */
#define HAVE_UNISTD_H 1
#define HAVE_STDLIB_H 1
#define HAVE_STRING_H 1
#define HAVE_LOCALE_H 1
