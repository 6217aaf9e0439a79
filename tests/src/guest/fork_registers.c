// Values that live in locals across fork: integers, doubles, structures, all types of operands.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

struct pair { long long a; double b; };

static double mix(int a, long long b, float c, double d, struct pair p) {
    int status = 0;
    double before = a * 1.5 + b + c * d;
    pid_t child = fork();
    double after = before + p.a + p.b + a + b + c + d + (child == 0 ? 0.5 : 0.25);
    if (child != 0) {
        wait(&status);
    }
    printf("%s %.4f\n", child == 0 ? "child" : "parent", after);
    if (child == 0) {
        _exit(0);
    }
    return after + status;
}

int main(void) {
    setbuf(stdout, NULL);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        sum += i * mix(i, 1LL << (33 + i), 0.5f + i, 0.125 * i, (struct pair){i, i / 3.0}) + i;
    }
    printf("%.4f\n", sum);
    return 0;
}
