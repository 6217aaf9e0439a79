// execve of a #! script passes the interpreter's argument and the script's path.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void make(const char *name, const char *text) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0755);
    write(fd, text, strlen(text));
    close(fd);
}

int main(void) {
    setbuf(stdout, NULL);
    make("one", "#!/bin/sh\necho \"$0 $#: $*\"\n");
    make("two", "#!/bin/echo an argument with blanks\n");
    make("three", "#! /bin/sh -e\nfalse\necho never\n");
    make("four", "no shebang\n");
    make("five", "#!./one\n");
    make("six", "#!/no/such/interpreter\n");
    // The process is called after the script, not after its interpreters.
    make("seven", "#!./eight\n");
    make("eight", "#!/bin/sh\ncat /proc/$$/comm\n");
    const char *names[] = {"./one", "./two", "./three", "./four", "./five", "./six", "./seven", "./eight"};
    for (int i = 0; i < 8; i++) {
        if (fork() == 0) {
            execl(names[i], "argv0", "x", "y z", (char *) NULL);
            printf("%s: %s\n", names[i], errno == ENOEXEC ? "ENOEXEC" : errno == ENOENT ? "ENOENT" : "other");
            _exit(99);
        }
        int status;
        wait(&status);
        printf("%s -> %d\n", names[i], WEXITSTATUS(status));
    }
    return 0;
}
