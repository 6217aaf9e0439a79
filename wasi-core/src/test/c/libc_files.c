/* The libc's own calls over all this: stdio, directories, renaming, removing.
 * stdout: hello from a file */
#include "check.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    CHECK(mkdir("/dir", 0777) == 0);
    FILE *file = fopen("/dir/file", "w");
    CHECK(file != NULL && fprintf(file, "hello %s\n", "from a file") > 0 && fclose(file) == 0);
    CHECK(rename("/dir/file", "/dir/renamed") == 0);
    CHECK(access("/dir/file", F_OK) == -1 && errno == ENOENT);
    char line[64];
    file = fopen("/dir/renamed", "r+");
    CHECK(file != NULL && fgets(line, sizeof line, file) != NULL);
    fputs(line, stdout);
    CHECK(ftruncate(fileno(file), 5) == 0 && fclose(file) == 0);
    struct stat stat_buffer;
    CHECK(stat("/dir/renamed", &stat_buffer) == 0 && S_ISREG(stat_buffer.st_mode) && stat_buffer.st_size == 5);
    CHECK(symlink("renamed", "/dir/link") == 0);
    CHECK(lstat("/dir/link", &stat_buffer) == 0 && S_ISLNK(stat_buffer.st_mode));
    CHECK(unlink("/dir/link") == 0 && remove("/dir/renamed") == 0 && rmdir("/dir") == 0);
    CHECK(open("/dir", O_RDONLY) == -1 && errno == ENOENT);
    return 0;
}
