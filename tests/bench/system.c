/* What processes, pipes and system calls cost. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "measure.h"

static char *const TRUE_WORDS[] = {"true", NULL};
static char *const NO_ENVIRONMENT[] = {NULL};

static void fork_exit_wait(long count) {
    while (count-- > 0) {
        pid_t child = fork();
        if (child == 0) {
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}

static void vfork_exec_wait(long count) {
    while (count-- > 0) {
        pid_t child = vfork();
        if (child == 0) {
            execve("/bin/true", TRUE_WORDS, NO_ENVIRONMENT);
            _exit(127);
        }
        waitpid(child, NULL, 0);
    }
}

static void spawn_wait(long count) {
    while (count-- > 0) {
        pid_t child;
        if (posix_spawn(&child, "/bin/true", NULL, NULL, TRUE_WORDS, NO_ENVIRONMENT) != 0) {
            exit(1);
        }
        waitpid(child, NULL, 0);
    }
}

static void pipe_round_trip(long count) {
    int there[2], back[2];
    char c = 'x';
    if (pipe(there) != 0 || pipe(back) != 0) {
        exit(1);
    }
    pid_t child = fork();
    if (child == 0) {
        close(there[1]);
        while (read(there[0], &c, 1) == 1 && write(back[1], &c, 1) == 1) {
        }
        _exit(0);
    }
    close(there[0]);
    while (count-- > 0) {
        if (write(there[1], &c, 1) != 1 || read(back[0], &c, 1) != 1) {
            exit(1);
        }
    }
    close(there[1]);
    waitpid(child, NULL, 0);
    close(back[0]);
    close(back[1]);
}

static char block[1 << 16];

/* One run sends 1 MiB from a child to its parent. */
static void pipe_mebibyte(long count) {
    int ends[2];
    if (pipe(ends) != 0) {
        exit(1);
    }
    pid_t child = fork();
    if (child == 0) {
        for (long i = 0; i < 16 * count; i++) {
            if (write(ends[1], block, sizeof block) != sizeof block) {
                _exit(1);
            }
        }
        _exit(0);
    }
    close(ends[1]);
    while (read(ends[0], block, sizeof block) > 0) {
    }
    close(ends[0]);
    waitpid(child, NULL, 0);
}

static void call_getppid(long count) {
    while (count-- > 0) {
        getppid();
    }
}

static void write_to_null(long count) {
    int null = open("/dev/null", O_WRONLY);
    while (count-- > 0) {
        if (write(null, "x", 1) != 1) {
            exit(1);
        }
    }
    close(null);
}

int main(int argc, char **argv) {
    static const struct operation operations[] = {
        {"fork+exit+wait", fork_exit_wait},
        {"vfork+exec+wait", vfork_exec_wait},
        {"posix_spawn+wait", spawn_wait},
        {"pipe-round-trip", pipe_round_trip},
        {"pipe-MiB", pipe_mebibyte},
        {"getppid", call_getppid},
        {"write-1-byte", write_to_null},
        {NULL, NULL},
    };
    return run_all(operations, argc, argv);
}
