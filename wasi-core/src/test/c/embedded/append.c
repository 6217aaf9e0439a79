/* append FILE TEXT: appends to a file, and prints what is in it then. */
#include <stdio.h>

int main(int argc, char **argv) {
    FILE *file = fopen(argv[argc - 2], "a+");
    if (file == NULL) {
        return 1;
    }
    fputs(argv[argc - 1], file);
    rewind(file);
    for (int c; (c = getc(file)) != EOF;) {
        putchar(c);
    }
    putchar('\n');
    return 0;
}
