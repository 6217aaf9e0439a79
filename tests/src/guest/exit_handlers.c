// atexit order, _exit skips them, stdio is flushed once.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
static void one(void) { printf("one "); }
static void two(void) { printf("two "); }
__attribute__((constructor)) static void before(void) { printf("constructor "); }
__attribute__((destructor)) static void after(void) { printf("destructor\n"); }
int main(void) {
    printf("main\n");
    fflush(stdout);
    atexit(one);
    atexit(two);
    if (fork() == 0) {
        _exit(0);
    }
    wait(NULL);
    if (fork() == 0) {
        exit(3);
    }
    int status;
    wait(&status);
    printf("%d ", WEXITSTATUS(status));
    return 4;
}
