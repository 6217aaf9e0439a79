// Each process has its own current directory; getcwd, fchdir and relative names.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    char top[PATH_MAX], here[PATH_MAX], small[2];
    getcwd(top, sizeof top);
    mkdir("sub", 0755);
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    if (fork() == 0) {
        chdir("sub");
        printf("child %s\n", getcwd(here, sizeof here) + strlen(top));
        close(open("inside", O_CREAT | O_WRONLY, 0600));
        _exit(0);
    }
    wait(NULL);
    printf("parent unchanged %d, file %d\n", strcmp(getcwd(here, sizeof here), top) == 0, access("sub/inside", F_OK));
    chdir("sub");
    chdir("..");
    printf("back %d\n", strcmp(getcwd(here, sizeof here), top) == 0);
    chdir("/");
    printf("%s\n", getcwd(here, sizeof here));
    fchdir(dir);
    printf("fchdir %d\n", strcmp(getcwd(here, sizeof here), top) == 0);
    printf("ERANGE %d\n", getcwd(small, sizeof small) == NULL && errno == ERANGE);
    printf("ENOTDIR %d\n", chdir("sub/inside") < 0 && errno == ENOTDIR);
    printf("ENOENT %d\n", chdir("nowhere") < 0 && errno == ENOENT);
    mkdir("gone", 0755);
    chdir("gone");
    rmdir("../gone");
    printf("removed %d\n", getcwd(here, sizeof here) == NULL && errno == ENOENT);
    return 0;
}
