/* raise N: sends itself a signal. */
#include <stdlib.h>

/* The libc of Debian 12 does not declare it. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int proc_raise(int signal);

int main(int argc, char **argv) {
    return proc_raise(atoi(argv[argc - 1]));
}
