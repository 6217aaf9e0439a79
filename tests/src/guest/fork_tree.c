// A binary tree of processes, each waiting for its children.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int tree(int depth) {
    int sum = 1;
    if (depth > 0) {
        for (int i = 0; i < 2; i++) {
            if (fork() == 0) {
                _exit(tree(depth - 1));
            }
        }
        int status;
        while (wait(&status) > 0) {
            sum += WEXITSTATUS(status);
        }
    }
    return sum;
}

int main(void) {
    printf("%d processes\n", tree(5));
    return 0;
}
