// Collating symbols, equivalence classes and ranges of bracket expressions, in regular expressions and file name patterns.

#include <fnmatch.h>
#include <locale.h>
#include <regex.h>
#include <stdio.h>

static void regex(const char *pattern, const char *text)
{
	regex_t r;
	int e = regcomp(&r, pattern, REG_EXTENDED | REG_NOSUB);
	if (e) {
		printf("%s: %s\n", pattern, e == REG_ECOLLATE ? "ECOLLATE" : e == REG_ERANGE ? "ERANGE" : "refused");
		return;
	}
	printf("%s on %s: %s\n", pattern, text, regexec(&r, text, 0, 0, 0) ? "no" : "yes");
	regfree(&r);
}

static void name(const char *pattern, const char *text)
{
	printf("name %s on %s: %s\n", pattern, text, fnmatch(pattern, text, 0) ? "no" : "yes");
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	regex("^[[=a=]]$", "a");
	regex("^[[=a=]]$", "b");
	regex("^[[=a=]b]+$", "abba");
	regex("^[[.a.]-c]+$", "abc");
	regex("^[[.a.]-[.c.]]+$", "abcd");
	regex("^[a-[.c.]]+$", "abc");
	regex("^[[.-.]]$", "-");
	regex("^[[.].]]$", "]");
	regex("^[[...]]$", ".");
	regex("^[^[=a=]]$", "b");
	regex("^[^[=a=]]$", "a");
	regex("[[.nonesuch.]]", "x");
	regex("[[=xy=]]", "x");
	regex("^[c-[.a.]]$", "b");
	name("[[=a=]]", "a");
	name("[[=a=]]", "b");
	name("[![=a=]]", "b");
	name("[[.a.]-c]", "b");
	name("[[.a.]-[.c.]]x", "cx");
	name("[a-[.c.]]", "d");
	name("[[.-.]]", "-");
	name("[[.].]]", "]");
	name("[à-ëx]", "x");
	name("[à-ëx]", "é");
	name("[!à-ë]", "x");
	name("[!à-ë]", "é");
	name("[[=é=]]", "é");
	name("[\\[]", "[");
	name("[a\\]]", "]");
	name("[a\\-c]", "b");
	name("[a\\-c]", "-");
	name("[a-\\c]", "b");
	name("[\\\\]", "\\");
	name("[!\\]]x", "ax");
	printf("%d\n", fnmatch("[\\]]", "\\]", FNM_NOESCAPE));
}
