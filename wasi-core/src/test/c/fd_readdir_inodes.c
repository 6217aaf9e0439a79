/* An entry's inode number is the one that the file's attributes tell. */
#include "check.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

int main(void) {
    write_file("a", "");
    write_file("b", "");
    WORKS(__wasi_path_create_directory(ROOT, "dir"));
    DIR *dir = opendir("/");
    CHECK(dir);
    int files = 0;
    ino_t inodes = 0;
    struct dirent *entry;
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        struct stat stat;
        CHECK(fstatat(dirfd(dir), entry->d_name, &stat, AT_SYMLINK_NOFOLLOW) == 0);
        CHECK(stat.st_ino == entry->d_ino && stat.st_ino != inodes);
        inodes = stat.st_ino;
        files++;
    }
    CHECK(files == 3);
    closedir(dir);
    return 0;
}
