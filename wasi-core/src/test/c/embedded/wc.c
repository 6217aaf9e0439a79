/* Counts the words of standard input. */
#include <ctype.h>
#include <stdio.h>

int main(void) {
    int words = 0, inside = 0, c;
    while ((c = getchar()) != EOF) {
        words += !isspace(c) && !inside;
        inside = !isspace(c);
    }
    printf("%d\n", words);
    return 0;
}
