/* Measures what memory costs: forks with more and less of it, mappings, first touches, faults. */
#include "measure.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096 };

static char *map(size_t size) {
    char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return p;
}

static char *present;
static size_t present_size;

/* What the process has besides itself: so much mapped, and every step-th byte of it touched. */
static void have(size_t size, size_t step) {
    if (present_size != size) {
        if (present) {
            munmap(present, present_size);
        }
        present = map(size);
        present_size = size;
        for (size_t at = 0; at < size; at += step) {
            present[at] = 1;
        }
    }
}

static void forks(long count) {
    for (long i = 0; i < count; i++) {
        pid_t child = fork();
        if (child == 0) {
            present[0]++;
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}

static void fork_1(long count) {
    have(1 << 20, PAGE);
    forks(count);
}

static void fork_64(long count) {
    have(64 << 20, PAGE);
    forks(count);
}

static void fork_1024(long count) {
    have(1 << 30, PAGE);
    forks(count);
}

static void fork_sparse(long count) {
    have(3u << 30, 128 << 20);
    forks(count);
}

static void map_touch_unmap(long count) {
    have(PAGE, PAGE);
    for (long i = 0; i < count; i++) {
        char *p = map(1u << 30);
        p[12345678] = 1;
        munmap(p, 1u << 30);
    }
}

static void first_touch(long count) {
    long size = 4096;
    char *p = map(size * PAGE);
    for (long i = 0; i < count; i++) {
        if (i % size == 0) {
            madvise(p, size * PAGE, MADV_DONTNEED);
        }
        p[i % size * PAGE] = 1;
    }
    munmap(p, size * PAGE);
}

static char *guarded;

static void repair(int signal, siginfo_t *info, void *context) {
    (void) signal, (void) info, (void) context;
    mprotect(guarded, PAGE, PROT_READ | PROT_WRITE);
}

static void fault(long count) {
    struct sigaction action = {.sa_sigaction = repair, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, NULL);
    guarded = map(PAGE);
    for (long i = 0; i < count; i++) {
        mprotect(guarded, PAGE, PROT_NONE);
        *(volatile char *) guarded = 1;
    }
    munmap(guarded, PAGE);
}

static void shared_file(long count) {
    char name[] = "benchXXXXXX";
    int fd = mkstemp(name);
    unlink(name);
    ftruncate(fd, 16 * PAGE);
    for (long i = 0; i < count; i++) {
        char *p = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        p[i % 16 * PAGE]++;
        munmap(p, 16 * PAGE);
    }
    close(fd);
}

static const struct operation operations[] = {
    {"fork-1MiB", fork_1},
    {"fork-64MiB", fork_64},
    {"fork-1GiB", fork_1024},
    {"fork-3GiB-sparse", fork_sparse},
    {"map-1GiB-unmap", map_touch_unmap},
    {"first-touch", first_touch},
    {"fault", fault},
    {"map-file", shared_file},
    {0}};

int main(int argc, char **argv) {
    return run_all(operations, argc, argv);
}
