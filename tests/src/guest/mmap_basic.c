// Anonymous memory, a private and a shared file mapping, munmap and mprotect's errors.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    setbuf(stdout, NULL);
    char *a = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int zero = 1;
    for (int i = 0; i < 1 << 20; i += 4096) {
        zero &= a[i] == 0;
        a[i] = 1;
    }
    printf("zero %d unmap %d\n", zero, munmap(a, 1 << 20));
    int fd = open("f", O_RDWR | O_CREAT, 0644);
    write(fd, "0123456789", 10);
    char *p = mmap(NULL, 10, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    printf("%.10s\n", p);
    p[0] = 'X';
    char b[11] = {0};
    pread(fd, b, 10, 0);
    printf("private %s\n", b);
    printf("EINVAL %d\n", mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == EINVAL);
    printf("EBADF %d\n", mmap(NULL, 10, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED && errno == EBADF);
    return 0;
}
