// system and popen with their statuses.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

int main(void) {
    setbuf(stdout, NULL);
    printf("shell %d\n", system(NULL) != 0);
    int status = system("echo in system; exit 6");
    printf("status %d\n", WEXITSTATUS(status));
    status = system("kill -9 $$");
    printf("signaled %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : -1);
    printf("not found %d\n", WEXITSTATUS(system("no_such_command_javix 2>/dev/null")));
    char line[100];
    FILE *f = popen("seq 3 | tr '\\n' ' '; echo; exit 2", "r");
    while (fgets(line, sizeof line, f)) {
        printf("read %s", line);
    }
    printf("pclose %d\n", WEXITSTATUS(pclose(f)));
    f = popen("sort", "w");
    fprintf(f, "b\na\nc\n");
    printf("pclose %d\n", pclose(f));
    return 0;
}
