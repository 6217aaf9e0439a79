/* Extended attributes: by path, link and descriptor; sizes, names, namespaces, flags. */
#include "check.h"
#include <sys/xattr.h>

static const char *errno_name(long result)
{
	static char text[32];
	if (result >= 0) snprintf(text, sizeof text, "%ld", result);
	else switch (errno) {
	case ENODATA: return "ENODATA";
	case EEXIST: return "EEXIST";
	case ERANGE: return "ERANGE";
	case EOPNOTSUPP: return "EOPNOTSUPP";
	case EPERM: return "EPERM";
	case EINVAL: return "EINVAL";
	case E2BIG: return "E2BIG";
	case EBADF: return "EBADF";
	case EFAULT: return "EFAULT";
	case ENOENT: return "ENOENT";
	default: snprintf(text, sizeof text, "errno %d", errno);
	}
	return text;
}

#define SAY(expression) say("%s: %s\n", #expression, errno_name(expression))

static void names(const char *path)
{
	char list[1024];
	ssize_t length = listxattr(path, list, sizeof list);
	int user = 0, trusted = 0;
	for (ssize_t at = 0; at < length; at += strlen(list + at) + 1) {
		user += !strncmp(list + at, "user.", 5);
		trusted += !strncmp(list + at, "trusted.", 8);
	}
	say("%s has %d for users, %d trusted\n", path, user, trusted);
}

int main(void)
{
	static char big[70000];
	char value[100] = "";
	int fd = open("f", O_RDWR | O_CREAT, 0644);
	mkdir("d", 0755);
	symlink("f", "l");
	mkfifo("p", 0644);
	SAY(setxattr("f", "user.one", "hello", 5, 0));
	SAY(getxattr("f", "user.one", value, sizeof value));
	say("%s\n", value);
	SAY(getxattr("f", "user.one", 0, 0));
	SAY(getxattr("f", "user.one", value, 4));
	SAY(getxattr("l", "user.one", value, sizeof value));
	SAY(lgetxattr("l", "user.one", value, sizeof value));
	SAY(fgetxattr(fd, "user.one", value, sizeof value));
	SAY(setxattr("f", "user.one", "x", 1, XATTR_CREATE));
	SAY(setxattr("f", "user.two", "x", 1, XATTR_REPLACE));
	SAY(setxattr("f", "user.two", "", 0, XATTR_CREATE));
	SAY(getxattr("f", "user.two", value, sizeof value));
	SAY(fsetxattr(fd, "user.three", "333", 3, 0));
	SAY(setxattr("f", "user.three", "x", 1, 8));
	SAY(setxattr("f", "user.", "x", 1, 0));
	SAY(setxattr("f", "", "x", 1, 0));
	SAY(setxattr("f", "name", "x", 1, 0));
	SAY(setxattr("f", "other.name", "x", 1, 0));
	SAY(setxattr("f", "user.big", big, 65537, 0));
	memset(big, 'n', 300);
	memcpy(big, "user.", 5);
	SAY(setxattr("f", big, "x", 1, 0));
	SAY(setxattr("nothing", "user.one", "x", 1, 0));
	SAY(setxattr("d", "user.one", "x", 1, 0));
	SAY(setxattr("p", "user.one", "x", 1, 0));
	SAY(getxattr("p", "user.one", value, 1));
	SAY(lsetxattr("l", "user.one", "x", 1, 0));
	SAY(fgetxattr(99, "user.one", value, 1));
	names("f");
	char list[8];
	SAY(listxattr("f", list, 3));
	SAY(removexattr("f", "user.two"));
	SAY(removexattr("f", "user.two"));
	SAY(fremovexattr(fd, "user.three"));
	names("f");
	names("d");
	link("f", "g");
	SAY(getxattr("g", "user.one", value, sizeof value));
	rename("g", "h");
	SAY(getxattr("h", "user.one", value, sizeof value));
	if (getuid() == 0) {
		SAY(setxattr("f", "trusted.one", "t", 1, 0));
		names("f");
		chmod("f", 0666);
		chmod(".", 0777);
		pid_t child = fork();
		if (!child) {
			setgid(65534);
			setuid(65534);
			SAY(getxattr("f", "trusted.one", value, 1));
			SAY(setxattr("f", "trusted.one", "t", 1, 0));
			names("f");
			SAY(setxattr("f", "user.four", "x", 1, 0));
			SAY(setxattr("d", "user.four", "x", 1, 0) < 0 && errno == EACCES);
			_exit(0);
		}
		reap("another user", child);
	}
	return 0;
}
