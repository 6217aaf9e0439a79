/* strcasestr: what it finds, and that it takes no longer for texts that nearly match everywhere. */
#include "check.h"

static void find(const char *text, const char *word)
{
	const char *found = strcasestr(text, word);
	say("'%s' in '%s': %d\n", word, text, found ? (int)(found - text) : -1);
}

/* A word of few letters, so that beginnings match often. */
static void make(char *word, int length, unsigned *seed)
{
	for (int i = 0; i < length; i++) {
		*seed = *seed * 1103515245 + 12345;
		word[i] = "aAbB"[*seed >> 16 & (length > 6 ? 3 : 1)];
	}
	word[length] = 0;
}

enum { LONG = 2000000 };

int main(void)
{
	find("", "");
	find("text", "");
	find("", "x");
	find("Text", "tEXT");
	find("Text", "texts");
	find("abcABCabd", "ABD");
	find("aaaaaaaab", "AAAB");
	find("AbAbAbAc", "ababac");
	find("x[\\]^_`{|}~", "X{");
	find("@`", "`");
	unsigned seed = 1, sum = 0;
	for (int i = 0; i < 20000; i++) {
		char text[40], word[12];
		make(text, i % 39, &seed);
		make(word, i / 39 % 11, &seed);
		const char *found = strcasestr(text, word), *slow = text;
		while (*slow && strncasecmp(slow, word, strlen(word))) slow++;
		if (strncasecmp(slow, word, strlen(word))) slow = 0;
		if (found != slow) say("wrong: '%s' in '%s'\n", word, text);
		sum = sum * 31 + (found ? found - text : 99);
	}
	say("sum %u\n", sum);
	char *text = malloc(LONG + 1), *word = malloc(LONG / 2 + 2);
	memset(text, 'A', LONG);
	text[LONG] = 0;
	memset(word, 'a', LONG / 2);
	strcpy(word + LONG / 2, "b");
	say("long %d\n", strcasestr(text, word) != 0);
	word[LONG / 4] = 'b';
	word[LONG / 2] = 0;
	say("long %d\n", strcasestr(text, word) != 0);
	/* And it looks no further than it has to. */
	for (int i = 0; i < 200000; i++) if (strcasestr(text, "aaa") != text) say("not found\n");
	return 0;
}
