// fork below a call through a function pointer, qsort and bsearch callbacks.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int forks;

static int compare(const void *a, const void *b) {
    int x = *(const int *) a, y = *(const int *) b;
    if (forks < 5) {
        forks++;
        if (fork() == 0) {
            _exit(x > y);
        }
        int status;
        wait(&status);
        int greater = WEXITSTATUS(status);
        return greater ? 1 : x == y ? 0 : -1;
    }
    return x - y;
}

typedef int (*operation)(int);

static int twice(int x) { return 2 * x; }
static int forking(int x) {
    if (fork() == 0) {
        _exit(x + 1);
    }
    int status;
    wait(&status);
    return WEXITSTATUS(status);
}

int main(void) {
    setbuf(stdout, NULL);
    int v[] = {5, 3, 9, 1, 7, 2};
    qsort(v, 6, sizeof *v, compare);
    for (int i = 0; i < 6; i++) {
        printf("%d ", v[i]);
    }
    printf("after %d forks\n", forks);
    operation table[] = {twice, forking, twice, forking};
    int x = 1;
    for (int i = 0; i < 4; i++) {
        x = table[i](x);
    }
    printf("%d\n", x);
    return 0;
}
