// Parent and child have memories of their own: stack, heap, globals and statics.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;

int main(void) {
    setbuf(stdout, NULL);
    int local = 2;
    char *heap = malloc(100000);
    memset(heap, 'p', 100000);
    if (fork() == 0) {
        global = 10;
        local = 20;
        memset(heap, 'c', 100000);
        char *more = malloc(1000000);
        memset(more, 'm', 1000000);
        printf("child %d %d %c %c\n", global, local, heap[99999], more[999999]);
        _exit(0);
    }
    wait(NULL);
    printf("parent %d %d %c\n", global, local, heap[99999]);
    return 0;
}
