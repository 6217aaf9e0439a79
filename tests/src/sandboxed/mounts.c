// What the superuser of a sandbox can mount; prints each result, and in the end /proc/mounts.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

static void result(const char *what, int status)
{
	printf("%s: %s\n", what, status >= 0 ? "ok" : strerror(errno));
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0644);
	if (fd >= 0) {
		write(fd, text, strlen(text));
		close(fd);
	}
}

int main(void)
{
	setbuf(stdout, NULL);
	char *directories[] = {"/m", "/m/tmp", "/m/low", "/m/up", "/m/work", "/m/all", "/m/bound", "/m/proc"};
	for (int i = 0; i < 8; i++) mkdir(directories[i], 0755);
	put("/m/low/a", "low");

	result("tmpfs", mount("none", "/m/tmp", "tmpfs", MS_NOEXEC, "size=64k,mode=700"));
	struct statfs space;
	statfs("/m/tmp", &space);
	printf("type %lx, %lld blocks\n", (long) space.f_type, (long long) space.f_blocks);
	int fd = open("/m/tmp/file", O_CREAT | O_RDWR, 0644);
	result("umount in use", umount("/m/tmp"));
	result("remount in use", mount(NULL, "/m/tmp", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	close(fd);
	result("remount", mount(NULL, "/m/tmp", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	result("create", open("/m/tmp/other", O_CREAT | O_RDWR, 0644));

	result("overlay", mount("overlay", "/m/all", "overlay", 0, "lowerdir=/m/low,upperdir=/m/up,workdir=/m/work"));
	result("unlink", unlink("/m/all/a"));
	struct stat mark;
	result("whiteout", stat("/m/up/a", &mark));
	printf("character device %d, number %d\n", S_ISCHR(mark.st_mode), (int) mark.st_rdev);

	result("bind", mount("/m/low", "/m/bound", NULL, MS_BIND, NULL));
	result("rename across", rename("/m/low/a", "/m/bound/b"));
	result("proc", mount("proc", "/m/proc", "proc", 0, NULL));
	result("self", access("/m/proc/self/status", R_OK));
	result("disk", mount("/dev/sda1", "/m/tmp", "ext4", 0, NULL));
	result("remove a mount point", rmdir("/m/bound"));

	result("chroot", chroot("/m"));
	chdir("/");
	FILE *mounts = fopen("/proc/self/mounts", "r");
	char line[256];
	while (mounts && fgets(line, sizeof line, mounts)) printf("%s", line);
	if (mounts) fclose(mounts);
	result("lazy umount", umount2("/proc", MNT_DETACH));
	result("umount", umount("/bound"));
	return 0;
}
