/* Shows what a WASI program sees: its arguments, its environment, and a file that it changes; exits with 7. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    for (int i = 1; i < argc; i++) {
        printf("[%s]", argv[i]);
    }
    for (char **variable = environ; *variable; variable++) {
        printf("{%s}", *variable);
    }
    printf("%s\n", isatty(1) ? "terminal" : "");
    if (argc > 1 && strcmp(argv[1], "trap") == 0) {
        fflush(stdout);
        __builtin_trap();
    }
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
        FILE *file = fopen(argc > 1 ? argv[1] : "file", "a");
        if (!file) {
            perror("fopen");
            return 1;
        }
        fputs(line, file);
        fclose(file);
    }
    return 7;
}
