/* What files cost: run in an empty directory. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "measure.h"

#define FILE_SIZE (1 << 20)
#define BLOCK 4096
#define ENTRIES 100000

static char block[BLOCK];

static void must(int holds, const char *what) {
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static void make_file(const char *name, int size) {
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    must(file >= 0, name);
    for (int done = 0; done < size; done += BLOCK) {
        must(write(file, block, BLOCK) == BLOCK, name);
    }
    close(file);
}

static void open_close(long count) {
    while (count-- > 0) {
        int file = open("d/e/file", O_RDONLY);
        must(file >= 0, "open");
        close(file);
    }
}

static void stat_file(long count) {
    struct stat status;
    while (count-- > 0) {
        must(stat("d/e/file", &status) == 0, "stat");
    }
}

static void stat_absolute(long count) {
    static char path[4096];
    struct stat status;
    must(getcwd(path, sizeof path - 16) != NULL, "getcwd");
    strcat(path, "/d/e/file");
    while (count-- > 0) {
        must(stat(path, &status) == 0, "stat");
    }
}

static void stat_missing(long count) {
    struct stat status;
    while (count-- > 0) {
        must(stat("d/e/nothing", &status) != 0, "stat");
    }
}

static void fstat_file(long count) {
    struct stat status;
    int file = open("d/e/file", O_RDONLY);
    while (count-- > 0) {
        must(fstat(file, &status) == 0, "fstat");
    }
    close(file);
}

static void access_link(long count) {
    while (count-- > 0) {
        must(access("d/link", R_OK) == 0, "access");
    }
}

static void create_unlink(long count) {
    while (count-- > 0) {
        int file = open("d/e/new", O_WRONLY | O_CREAT | O_EXCL, 0644);
        must(file >= 0, "create");
        close(file);
        must(unlink("d/e/new") == 0, "unlink");
    }
}

static void write_small_file(long count) {
    while (count-- > 0) {
        int file = open("d/e/new", O_WRONLY | O_CREAT | O_TRUNC, 0644);
        must(file >= 0 && write(file, block, BLOCK) == BLOCK, "write");
        close(file);
        must(unlink("d/e/new") == 0, "unlink");
    }
}

static void mkdir_rmdir(long count) {
    while (count-- > 0) {
        must(mkdir("d/e/dir", 0755) == 0 && rmdir("d/e/dir") == 0, "mkdir");
    }
}

static void rename_back(long count) {
    while (count-- > 0) {
        must(rename("d/a", "d/e/b") == 0 && rename("d/e/b", "d/a") == 0, "rename");
    }
}

/* One run is one call; the offset goes back to the start after the end. */
static void sequential(long count, int flags, int reading) {
    int file = open("d/e/file", flags);
    for (long i = 0; i < count; i++) {
        if (i % (FILE_SIZE / BLOCK) == 0) {
            lseek(file, 0, SEEK_SET);
        }
        must((reading ? read(file, block, BLOCK) : write(file, block, BLOCK)) == BLOCK, "sequential");
    }
    close(file);
}

static void read_block(long count) {
    sequential(count, O_RDONLY, 1);
}

static void write_block(long count) {
    sequential(count, O_WRONLY, 0);
}

static void at_offsets(long count, int reading) {
    int file = open("d/e/file", O_RDWR);
    unsigned where = 1;
    while (count-- > 0) {
        where = where * 1664525 + 1013904223;
        off_t offset = (off_t) (where >> 24) * BLOCK;
        must((reading ? pread(file, block, BLOCK, offset) : pwrite(file, block, BLOCK, offset)) == BLOCK, "at offset");
    }
    close(file);
}

static void pread_block(long count) {
    at_offsets(count, 1);
}

static void pwrite_block(long count) {
    at_offsets(count, 0);
}

static void read_byte(long count) {
    int file = open("d/e/file", O_RDONLY);
    while (count-- > 0) {
        must(pread(file, block, 1, 17) == 1, "pread");
    }
    close(file);
}

/* What each of some processes does in the directory "d/N" or "d". */
static void work(long count, int number, int shared) {
    char name[64];
    if (shared) {
        sprintf(name, "d/file-of-%d", number);
    } else {
        sprintf(name, "d/%d/file", number);
    }
    struct stat status;
    while (count-- > 0) {
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
        must(file >= 0 && write(file, block, BLOCK) == BLOCK, name);
        close(file);
        must(stat(name, &status) == 0 && unlink(name) == 0, name);
    }
}

static void processes(long count, int number, int shared) {
    for (int i = 0; i < number; i++) {
        if (fork() == 0) {
            work(count / number + 1, i, shared);
            _exit(0);
        }
    }
    for (int i = 0; i < number; i++) {
        int status;
        wait(&status);
        must(status == 0, "child");
    }
}

static void one_process(long count) {
    processes(count, 1, 0);
}

static void two_processes(long count) {
    processes(count, 2, 0);
}

static void two_in_one_directory(long count) {
    processes(count, 2, 1);
}

/* The steps of a large directory, in nanoseconds for each entry. */
static void large_directory(double warm_up) {
    static const char *const names[] = {"directory-create", "directory-read", "directory-stat", "directory-remove"};
    double times[4][ROUNDS], began = now();
    char name[32];
    struct stat status;
    for (int round = 0, warm = 0; round < ROUNDS; round += warm) {
        warm = now() - began >= warm_up;
        double at[5];
        mkdir("large", 0755);
        must(chdir("large") == 0, "large");
        at[0] = now();
        for (int i = 0; i < ENTRIES; i++) {
            sprintf(name, "entry-%d", i);
            int file = open(name, O_WRONLY | O_CREAT, 0644);
            must(file >= 0, name);
            close(file);
        }
        at[1] = now();
        DIR *directory = opendir(".");
        int entries = 0;
        while (readdir(directory)) {
            entries++;
        }
        closedir(directory);
        must(entries == ENTRIES + 2, "readdir");
        at[2] = now();
        for (int i = 0; i < ENTRIES; i++) {
            sprintf(name, "entry-%d", i);
            must(stat(name, &status) == 0, name);
        }
        at[3] = now();
        for (int i = 0; i < ENTRIES; i++) {
            sprintf(name, "entry-%d", i);
            must(unlink(name) == 0, name);
        }
        at[4] = now();
        must(chdir("..") == 0 && rmdir("large") == 0, "large");
        for (int step = 0; step < 4; step++) {
            times[step][round] = (at[step + 1] - at[step]) / ENTRIES;
        }
    }
    for (int step = 0; step < 4; step++) {
        qsort(times[step], ROUNDS, sizeof **times, ascending);
        printf("%s %.1f\n", names[step], times[step][ROUNDS / 2]);
    }
    fflush(stdout);
}

int main(int argc, char **argv) {
    static const struct operation operations[] = {
        {"open+close", open_close},
        {"stat", stat_file},
        {"stat-absolute", stat_absolute},
        {"stat-missing", stat_missing},
        {"fstat", fstat_file},
        {"access-symlink", access_link},
        {"create+unlink", create_unlink},
        {"create+write-4KiB+unlink", write_small_file},
        {"mkdir+rmdir", mkdir_rmdir},
        {"rename-twice", rename_back},
        {"read-4KiB", read_block},
        {"write-4KiB", write_block},
        {"pread-4KiB", pread_block},
        {"pwrite-4KiB", pwrite_block},
        {"pread-1-byte", read_byte},
        {"one-process", one_process},
        {"two-processes", two_processes},
        {"two-in-one-directory", two_in_one_directory},
        {NULL, NULL},
    };
    mkdir("d", 0755);
    mkdir("d/e", 0755);
    mkdir("d/0", 0755);
    mkdir("d/1", 0755);
    make_file("d/e/file", FILE_SIZE);
    make_file("d/a", 0);
    symlink("e/file", "d/link");
    run_all(operations, argc, argv);
    if (argc == 3 || strcmp(argv[3], "directory") == 0) {
        large_directory(atof(argv[1]) * 1e9);
    }
    return 0;
}
