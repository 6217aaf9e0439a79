// execve and its relatives, environment and arguments, errors.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>

static void run(int which) {
    char *argv[] = {"sh", "-c", "echo \"argv $0 $1 [$VAR]\"; exit 5", "zero", "one two", NULL};
    char *envp[] = {"VAR=from envp", "PATH=/usr/bin:/bin", NULL};
    if (fork() == 0) {
        switch (which) {
            case 0: execve("/bin/sh", argv, envp); break;
            case 1: execv("/bin/sh", argv); break;
            case 2: execvp("sh", argv); break;
            case 3: execl("/bin/sh", "sh", "-c", "echo list $0", "a", (char *) NULL); break;
            case 4: execlp("sh", "sh", "-c", "echo path list", (char *) NULL); break;
            case 5: execle("/bin/sh", "sh", "-c", "echo env $VAR", (char *) NULL, envp); break;
            case 6: execv("/nonexistent/x", argv); break;
            case 7: execv("/tmp", argv); break;
            case 8: execv("/etc/passwd", argv); break;
            case 9: execvp("no-such-program-javix", argv); break;
            case 10: execv("/etc/passwd/x", argv); break;
        }
        printf("%d failed: %s\n", which, errno == ENOENT ? "ENOENT" : errno == EACCES ? "EACCES" : errno == ENOTDIR ? "ENOTDIR" : strerror(errno));
        _exit(126);
    }
    int status;
    wait(&status);
    printf("%d status %d\n", which, WEXITSTATUS(status));
}

int main(void) {
    setbuf(stdout, NULL);
    setenv("VAR", "inherited", 1);
    for (int i = 0; i <= 10; i++) {
        run(i);
    }
    return 0;
}
