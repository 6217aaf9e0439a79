// Writes of up to PIPE_BUF bytes from many writers are never interleaved.
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 4000
#define ROUNDS 50

int main(void) {
    int p[2];
    pipe(p);
    for (int w = 0; w < 4; w++) {
        if (fork() == 0) {
            char block[SIZE];
            memset(block, 'a' + w, SIZE);
            for (int i = 0; i < ROUNDS; i++) {
                write(p[1], block, SIZE);
            }
            _exit(0);
        }
    }
    close(p[1]);
    int counts[4] = {0}, torn = 0;
    char block[SIZE];
    for (;;) {
        int got = 0, n;
        while (got < SIZE && (n = (int) read(p[0], block + got, SIZE - got)) > 0) {
            got += n;
        }
        if (got == 0) {
            break;
        }
        for (int i = 1; i < got; i++) {
            torn += block[i] != block[0];
        }
        counts[block[0] - 'a']++;
    }
    while (wait(NULL) > 0) {
    }
    printf("torn %d; %d %d %d %d; PIPE_BUF %d\n", torn, counts[0], counts[1], counts[2], counts[3], PIPE_BUF);
    return 0;
}
