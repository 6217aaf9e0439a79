// Functions far larger than a JVM method that HotSpot compiles: an interpreter's loop whose cases fork, vfork,
// jump out by longjmp and call back into it, and a long straight stretch of code with many live variables.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEN(M, n) M(n##0) M(n##1) M(n##2) M(n##3) M(n##4) M(n##5) M(n##6) M(n##7) M(n##8) M(n##9)
#define HUNDRED(M, n) \
    TEN(M, n##0) TEN(M, n##1) TEN(M, n##2) TEN(M, n##3) TEN(M, n##4) \
    TEN(M, n##5) TEN(M, n##6) TEN(M, n##7) TEN(M, n##8) TEN(M, n##9)

enum { FORK = 200, VFORK, JUMP, RAISE, RECUR, SQUARE, END };

static jmp_buf out;
static volatile sig_atomic_t signals;

static void count(int signal) {
    signals += signal == SIGUSR1;
}

static unsigned memory[64];

// Cases 100 to 199 are alike but for their constants, and large enough to matter.
#define CASE(n)                                          \
    case n:                                              \
        a = a * (2 * n + 1) + memory[a % 64];            \
        b ^= a >> (n % 13);                              \
        for (int i = 0; i < n % 5; i++) {                \
            c += b * i + memory[(c + i) % 64];           \
            if (c % 7 == 3) {                            \
                memory[(b + i) % 64] ^= c + n;           \
            }                                            \
        }                                                \
        if ((a ^ b) % 11 == 5) {                         \
            d -= c;                                      \
            break;                                       \
        }                                                \
        x = x * 0.75 + (double)(a % 1000) / (n + 1);     \
        memory[n % 64] += a + (unsigned)x;               \
        if (d % 17 == 2) {                               \
            continue;                                    \
        }                                                \
        wide += (unsigned long long)a * n + d;           \
        break;

static unsigned interpret(const unsigned char *program, int depth) {
    unsigned a = 1, b = 2, c = 3, d = 4, steps = 0;
    unsigned long long wide = 0;
    double x = 0.5;
    for (;;) {
        steps++;
        unsigned char op = *program++;
        switch (op) {
            HUNDRED(CASE, 1)
            case FORK: {
                fflush(stdout);
                for (int i = 0; i < 3; i++) {
                    pid_t child = fork();
                    if (child == 0) {
                        a += i;
                        printf("child %d: %u %u %u %u %llu %.3f\n", i, a, b, c, d, wide, x);
                        fflush(stdout);
                        _exit((a ^ b) & 63);
                    }
                    int status;
                    waitpid(child, &status, 0);
                    b += WEXITSTATUS(status);
                }
                break;
            }
            case VFORK: {
                pid_t child = vfork();
                if (child == 0) {
                    _exit(d & 31);
                }
                int status;
                waitpid(child, &status, 0);
                c += WEXITSTATUS(status);
                break;
            }
            case JUMP:
                if (depth > 0) {
                    longjmp(out, (int)(a % 100) + 1);
                }
                break;
            case RAISE:
                raise(SIGUSR1);
                d += signals;
                break;
            case RECUR:
                if (depth < 3) {
                    a ^= interpret(program, depth + 1);
                }
                break;
            case SQUARE:
                x = x * x + 1;
                break;
            case END:
                printf("depth %d: %u steps, %u %u %u %u %llu %.3f\n", depth, steps, a, b, c, d, wide, x);
                return a + b + c + d + (unsigned)wide;
            default:
                abort();
        }
        if (steps > 3000) {
            return a;
        }
    }
}

#define VARIABLE(n) unsigned v##n = seed * (n + 7) ^ memory[n % 64];
#define MIX(n) v##n = (v##n << 5 | v##n >> 27) + (v100 ^ v199 * n); v100 += v##n ^ memory[v##n % 64]; v199 ^= v100 >> 3;
#define SUM(n) sum = sum * 31 + v##n;

// The variables live from the start to the end, so each stretch of code needs many of them.
static unsigned straight(unsigned seed) {
    HUNDRED(VARIABLE, 1)
    HUNDRED(MIX, 1)
    if (seed % 3 == 1) {
        HUNDRED(MIX, 1)
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        v150++;
    }
    HUNDRED(MIX, 1)
    unsigned sum = 0;
    HUNDRED(SUM, 1)
    if (child == 0) {
        printf("the child's sum: %u\n", sum);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    return sum;
}

// longjmp comes back into a function that is huge itself.
static unsigned jumps(unsigned seed) {
    volatile unsigned tries = 0;
    unsigned char program[40];
    for (int i = 0; i < 36; i++) {
        program[i] = (unsigned char)(100 + (seed + 37 * i) % 100);
    }
    program[36] = JUMP;
    program[37] = END;
    int value = setjmp(out);
    tries = tries + 1;
    HUNDRED(VARIABLE, 1)
    HUNDRED(MIX, 1)
    printf("try %u: %d\n", tries, value);
    if (tries < 4) {
        HUNDRED(MIX, 1)
        memory[tries] += v123;
        interpret(program, 1);
    }
    return tries + (unsigned)value;
}

int main(void) {
    signal(SIGUSR1, count);
    unsigned char program[400];
    int length = 0;
    for (int i = 0; i < 300; i++) {
        program[length++] = (unsigned char)(100 + i * 37 % 100);
        if (i % 60 == 11) {
            program[length++] = FORK;
        }
        if (i % 50 == 17) {
            program[length++] = VFORK;
        }
        if (i % 70 == 33) {
            program[length++] = RAISE;
        }
        if (i % 90 == 40) {
            program[length++] = RECUR;
        }
        if (i % 100 == 5) {
            program[length++] = SQUARE;
        }
    }
    program[length] = END;
    printf("%u\n", interpret(program, 0));
    printf("%u\n", straight(1));
    printf("%u\n", straight(2));
    printf("%u\n", jumps(5));
    printf("%d signals\n", (int)signals);
    return 0;
}
