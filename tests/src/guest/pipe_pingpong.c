// A thousand round trips between two processes.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int there[2], back[2];
    pipe(there);
    pipe(back);
    if (fork() == 0) {
        unsigned char c;
        close(there[1]);
        while (read(there[0], &c, 1) == 1) {
            c = (unsigned char) (c * 5 + 3);
            write(back[1], &c, 1);
            if (c == 255) {
                c = 0;
            }
        }
        _exit(0);
    }
    unsigned char c = 1;
    unsigned sum = 0;
    for (int i = 0; i < 1000; i++) {
        write(there[1], &c, 1);
        read(back[0], &c, 1);
        sum = sum * 31 + c;
    }
    printf("%u\n", sum);
    return 0;
}
