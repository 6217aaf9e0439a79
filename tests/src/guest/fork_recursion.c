// fork 500 calls deep; both sides return all the way up.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int down(int n, int sum) {
    char pad[64];
    pad[n % 64] = (char) n;
    if (n == 0) {
        pid_t child = fork();
        if (child != 0) {
            int status;
            waitpid(child, &status, 0);
            return sum + WEXITSTATUS(status);
        }
        return 1000;
    }
    int r = down(n - 1, sum + n);
    return r + pad[n % 64] - (char) n + 1;
}

int main(void) {
    setbuf(stdout, NULL);
    pid_t self = getpid();
    int r = down(500, 0);
    printf("%s %d\n", getpid() == self ? "parent" : "child", r);
    return r % 100;
}
