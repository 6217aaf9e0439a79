/* A plain WASI program that tries what a process has. What it does is its first argument. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The libc of Debian 12 does not declare it. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int proc_raise(int signal);

static int write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    fputs(text, file);
    return fclose(file);
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "show") == 0) {
        for (int i = 0; i < argc; i++) {
            printf("%s\n", argv[i]);
        }
        printf("HOME=%s\n", getenv("HOME"));
        return 7;
    }
    if (strcmp(what, "copy") == 0) {
        for (int c; (c = getchar()) != EOF;) {
            putchar(c);
        }
        return 0;
    }
    if (strcmp(what, "files") == 0) {
        return write_file("relative", "one") || write_file("/tmp/absolute", "two");
    }
    if (strcmp(what, "raise") == 0) {
        return proc_raise(15);
    }
    if (strcmp(what, "spin") == 0) {
        for (volatile unsigned i = 0;; i++) {
        }
    }
    if (strcmp(what, "sleep") == 0) {
        sleep(1000);
    }
    return 99;
}
