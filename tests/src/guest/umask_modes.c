// umask at open and mkdir; inherited over fork and exec.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *name) {
    struct stat st;
    stat(name, &st);
    printf("%s %o\n", name, st.st_mode & 07777);
}

int main(void) {
    setbuf(stdout, NULL);
    printf("%o\n", umask(027));
    close(open("a", O_CREAT | O_WRONLY, 0666));
    mkdir("d", 0777);
    mkfifo("p", 0666);
    show("a");
    show("d");
    show("p");
    if (fork() == 0) {
        umask(077);
        close(open("b", O_CREAT | O_WRONLY, 0666));
        execl("/bin/sh", "sh", "-c", "umask; : >c", (char *) NULL);
    }
    wait(NULL);
    show("b");
    show("c");
    printf("%o\n", umask(0));
    close(open("e", O_CREAT | O_WRONLY, 06755));
    show("e");
    return 0;
}
