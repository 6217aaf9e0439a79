// abort is SIGABRT, also with a handler that returns.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
static void handler(int signal) { puts("handler"); }
int main(void) {
    setbuf(stdout, NULL);
    signal(SIGABRT, handler);
    abort();
}
