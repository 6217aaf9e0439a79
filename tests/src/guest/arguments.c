// Thousands of arguments and a large environment pass through exec.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
int main(int argc, char **argv) {
    if (argc > 1) {
        unsigned long sum = 0;
        for (int i = 0; i < argc; i++) {
            for (char *p = argv[i]; *p; p++) {
                sum = sum * 31 + (unsigned char) *p;
            }
        }
        int n = 0;
        while (environ[n]) {
            n++;
        }
        printf("%d %08x %d %s %d\n", argc, (unsigned) sum, n, getenv("V7"), argv[argc] == NULL);
        return 0;
    }
    char **more = calloc(5002, sizeof *more), **env = calloc(301, sizeof *env);
    for (int i = 0; i < 5001; i++) {
        more[i] = malloc(32);
        snprintf(more[i], 32, "argument %d \xff", i);
    }
    for (int i = 0; i < 300; i++) {
        env[i] = malloc(32);
        snprintf(env[i], 32, "V%d=%d", i, i * i);
    }
    execve(argv[0], more, env);
    perror("execve");
    return 1;
}
