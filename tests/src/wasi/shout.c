/* Copies standard input in capitals; with a name, a greeting comes first. */
#include <ctype.h>
#include <stdio.h>

int main(int argc, char **argv) {
    if (argc > 1) {
        printf("hello %s\n", argv[1]);
    }
    int c;
    while ((c = getchar()) != EOF) {
        putchar(toupper(c));
    }
    return argc;
}
