// mount and umount2 as an ordinary user calls them: what is wrong is told before what is not allowed.
#include "check.h"
#include <sys/mount.h>

static void result(const char *what, int status)
{
	say("%s: %s\n", what, status == 0 ? "ok" : strerror(errno));
}

int main(void)
{
	if (getuid() == 0 && (setgid(1234) != 0 || setuid(1234) != 0)) return 1;
	result("no target", mount("none", "/no/such/directory", "tmpfs", 0, NULL));
	result("tmpfs", mount("none", "/tmp", "tmpfs", 0, NULL));
	result("unknown type", mount("none", "/tmp", "no-such-type", 0, NULL));
	result("bind", mount("/", "/tmp", NULL, MS_BIND, NULL));
	result("remount", mount(NULL, "/", NULL, MS_REMOUNT, NULL));
	result("bad flags", umount2("/tmp", 64));
	result("expire and force", umount2("/", MNT_EXPIRE | MNT_FORCE));
	result("umount nothing", umount2("/no/such/directory", 0));
	result("umount", umount2("/", MNT_DETACH));
	return 0;
}
