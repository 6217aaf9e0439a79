// Two hundred children alive at once, released together.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int gate[2], ready[2];
    pipe(gate);
    pipe(ready);
    for (int i = 0; i < 200; i++) {
        if (fork() == 0) {
            char c;
            close(gate[1]);
            write(ready[1], "r", 1);
            read(gate[0], &c, 1);
            _exit(i % 10);
        }
    }
    char buffer[256];
    int got = 0;
    while (got < 200) {
        got += (int) read(ready[0], buffer, sizeof buffer);
    }
    close(gate[1]);
    int status, sum = 0, count = 0;
    while (wait(&status) > 0) {
        sum += WEXITSTATUS(status);
        count++;
    }
    printf("%d ready, %d children, sum %d\n", got, count, sum);
    return 0;
}
