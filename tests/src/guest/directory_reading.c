// readdir sees every entry once; seekdir, rewinddir, removal while reading.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    char name[32];
    mkdir("d", 0755);
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "d/file%d", i);
        close(open(name, O_CREAT, 0644));
    }
    DIR *dir = opendir("d");
    struct dirent *e;
    int seen[1000] = {0}, dots = 0;
    while ((e = readdir(dir))) {
        if (e->d_name[0] == '.') {
            dots++;
        } else {
            seen[atoi(e->d_name + 4)]++;
            snprintf(name, sizeof name, "d/%s", e->d_name);
            unlink(name);
        }
    }
    int once = 0;
    for (int i = 0; i < 1000; i++) {
        once += seen[i] == 1;
    }
    printf("dots %d once %d\n", dots, once);
    rewinddir(dir);
    int left = 0;
    while ((e = readdir(dir))) {
        left++;
    }
    printf("left %d rmdir %d\n", left, rmdir("d"));
    closedir(dir);
    return 0;
}
