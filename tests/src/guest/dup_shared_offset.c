// Duplicated and inherited descriptors share offset and status flags.
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    setbuf(stdout, NULL);
    int a = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
    write(a, "0123456789", 10);
    int b = dup(a);
    lseek(a, 3, SEEK_SET);
    char c;
    read(b, &c, 1);
    printf("%c at %ld\n", c, (long) lseek(a, 0, SEEK_CUR));
    if (fork() == 0) {
        lseek(a, 7, SEEK_SET);
        _exit(0);
    }
    wait(NULL);
    printf("%ld\n", (long) lseek(b, 0, SEEK_CUR));
    fcntl(a, F_SETFL, O_APPEND);
    printf("append %d\n", (fcntl(b, F_GETFL) & O_APPEND) != 0);
    int other = open("file", O_RDONLY);
    printf("own offset %ld\n", (long) lseek(other, 0, SEEK_CUR));
    printf("dup2 same %d\n", dup2(a, a) == a);
    printf("dup2 bad %d\n", dup2(99, 5));
    close(0);
    printf("lowest %d\n", dup(a));
    return 0;
}
