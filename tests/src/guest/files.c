// Unlink while open, rename over, hard links, sparse files, append, truncate.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    struct stat st;
    char b[20] = {0};
    int fd = open("a", O_RDWR | O_CREAT | O_EXCL, 0644);
    printf("EEXIST %d\n", open("a", O_CREAT | O_EXCL | O_RDWR, 0644) < 0 && errno == EEXIST);
    write(fd, "hello", 5);
    unlink("a");
    fstat(fd, &st);
    pread(fd, b, 5, 0);
    printf("unlinked: %s links %d\n", b, (int) st.st_nlink);
    pwrite(fd, "end", 3, 1 << 20);
    fstat(fd, &st);
    printf("size %ld sparse %d\n", (long) st.st_size, st.st_blocks < 100);
    memset(b, 'x', sizeof b);
    printf("hole %d", (int) pread(fd, b, 4, 5000));
    printf(" zero %d\n", b[0] == 0 && b[3] == 0);
    ftruncate(fd, 3);
    printf("end %ld\n", (long) lseek(fd, 0, SEEK_END));
    printf("EINVAL %d\n", lseek(fd, -10, SEEK_SET) < 0 && errno == EINVAL);
    close(fd);
    int x = open("x", O_WRONLY | O_CREAT, 0644), y = open("y", O_WRONLY | O_CREAT, 0644);
    write(x, "X", 1);
    write(y, "Y", 1);
    link("x", "z");
    rename("x", "y");
    fd = open("y", O_RDONLY);
    read(fd, b, 1);
    fstat(fd, &st);
    printf("renamed %c links %d gone %d\n", b[0], (int) st.st_nlink, access("x", F_OK) < 0);
    fstat(y, &st);
    printf("replaced links %d\n", (int) st.st_nlink);
    mkdir("d", 0755);
    close(open("d/f", O_CREAT, 0644));
    printf("ENOTEMPTY %d\n", rmdir("d") < 0 && (errno == ENOTEMPTY || errno == EEXIST));
    printf("EISDIR %d\n", unlink("d") < 0 && (errno == EISDIR || errno == EPERM));
    printf("EISDIR %d\n", open("d", O_WRONLY) < 0 && errno == EISDIR);
    printf("EINVAL %d\n", rename("d", "d/e") < 0 && errno == EINVAL);
    printf("ELOOP %d\n", symlink("loop", "loop") == 0 && open("loop", O_RDONLY) < 0 && errno == ELOOP);
    printf("nofollow %d\n", open("loop", O_RDONLY | O_NOFOLLOW) < 0 && errno == ELOOP);
    char longname[300];
    memset(longname, 'n', 299);
    longname[299] = 0;
    printf("ENAMETOOLONG %d\n", open(longname, O_CREAT, 0644) < 0 && errno == ENAMETOOLONG);
    return 0;
}
