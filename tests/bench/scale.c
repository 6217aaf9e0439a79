/*
 * What many processes cost, how fairly they share the processors, and how soon a signal reaches one that computes.
 *
 *   scale blocked NUMBER     so many processes, each blocked in a pipe; prints a line when they are there, and after
 *                            a line of input the nanoseconds until one has woken the next
 *   scale fair NUMBER        so many processes that compute for two seconds; prints 1,000 times the least progress by the largest
 *   scale signals NUMBER     while so many processes compute, the median, the 99th percentile and the longest of the
 *                            times until a signal's handler runs in one of them
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include "measure.h"

enum { HOPS = 20000, SIGNALS = 1000 };

static _Noreturn void fail(const char *what) {
    perror(what);
    exit(1);
}

static void blocked(int number) {
    int first[2], last[2];
    char token = 'x';
    if (pipe(first) != 0) {
        fail("pipe");
    }
    /* Each reads from the process before it and writes to the one behind it. */
    int in = first[0];
    for (int i = 0; i < number; i++) {
        if (pipe(last) != 0) {
            fail("pipe");
        }
        pid_t child = fork();
        if (child < 0) {
            fail("fork");
        }
        if (child == 0) {
            close(first[1]);
            close(last[0]);
            while (read(in, &token, 1) == 1 && write(last[1], &token, 1) == 1) {
            }
            _exit(0);
        }
        close(in);
        close(last[1]);
        in = last[0];
    }
    puts("there");
    fflush(stdout);
    getchar();
    int rounds = HOPS / number + 1;
    double start = 0;
    for (int i = -1; i < rounds; i++) {
        if (i == 0) {
            start = now();
        }
        if (write(first[1], &token, 1) != 1 || read(in, &token, 1) != 1) {
            fail("token");
        }
    }
    printf("wake-up-of-%d %.1f\n", number, (now() - start) / rounds / (number + 1));
    fflush(stdout);
    close(first[1]);
    while (wait(NULL) > 0) {
    }
}

static void fair(int number) {
    int results[2];
    if (pipe(results) != 0) {
        fail("pipe");
    }
    double end = now() + 2.2e9, begin = now() + 2e8;
    for (int i = 0; i < number; i++) {
        if (fork() == 0) {
            uint64_t count = 0;
            while (now() < begin) {
            }
            while (now() < end) {
                count++;
            }
            _exit(write(results[1], &count, sizeof count) != sizeof count);
        }
    }
    uint64_t least = UINT64_MAX, most = 0;
    for (int i = 0; i < number; i++) {
        uint64_t count;
        if (read(results[0], &count, sizeof count) != sizeof count) {
            fail("result");
        }
        least = count < least ? count : least;
        most = count > most ? count : most;
    }
    while (wait(NULL) > 0) {
    }
    printf("fair-%d %.0f\n", number, 1000. * (double) least / (double) most);
}

static int answer[2];

static void tell_time(int signal) {
    (void) signal;
    double arrived = now();
    if (write(answer[1], &arrived, sizeof arrived) != sizeof arrived) {
        _exit(1);
    }
}

static void signals(int number) {
    if (pipe(answer) != 0) {
        fail("pipe");
    }
    signal(SIGUSR1, tell_time);
    pid_t children[64];
    for (int i = 0; i < number; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            for (volatile unsigned spin = 0;; spin++) {
            }
        }
    }
    usleep(300000);
    static double times[SIGNALS];
    for (int i = 0; i < SIGNALS; i++) {
        usleep(500 + i % 7 * 300);
        double arrived = 0, sent = now();
        if (kill(children[i % number], SIGUSR1) != 0 || read(answer[0], &arrived, sizeof arrived) != sizeof arrived) {
            fail("signal");
        }
        times[i] = arrived - sent;
    }
    for (int i = 0; i < number; i++) {
        kill(children[i], SIGKILL);
    }
    while (wait(NULL) > 0) {
    }
    qsort(times, SIGNALS, sizeof *times, ascending);
    printf("signal-p50-%d %.1f\n", number, times[SIGNALS / 2]);
    printf("signal-p99-%d %.1f\n", number, times[SIGNALS * 99 / 100]);
    printf("signal-max-%d %.1f\n", number, times[SIGNALS - 1]);
}

int main(int argc, char **argv) {
    int number = argc == 3 ? atoi(argv[2]) : 0;
    if (number < 1 || number > 100000) {
        return 2;
    }
    if (strcmp(argv[1], "blocked") == 0) {
        blocked(number);
    } else if (strcmp(argv[1], "fair") == 0) {
        fair(number);
    } else if (strcmp(argv[1], "signals") == 0 && number <= 64) {
        signals(number);
    } else {
        return 2;
    }
    return 0;
}
