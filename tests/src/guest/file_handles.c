/* Files by handles: name_to_handle_at and open_by_handle_at. */
#include "check.h"

/* A handle with room behind it. */
static union { struct file_handle handle; char bytes[200]; } a, b;

static int get(const char *path, int flags)
{
	int mount = -7;
	a.handle.handle_bytes = 128;
	int error = name_to_handle_at(AT_FDCWD, path, &a.handle, &mount, flags);
	if (error) return -1;
	say("%s: mount %d, bytes %d\n", path, mount > 0, a.handle.handle_bytes > 0);
	return 0;
}

static void opened(const char *what, int place, int flags)
{
	char text[20];
	struct stat st;
	int fd = open_by_handle_at(place, &a.handle, flags);
	if (fd < 0) { told(what, -1); return; }
	int n = read(fd, text, sizeof text);
	fstat(fd, &st);
	say("%s: %.*s, links %d, directory %d\n", what, n < 0 ? 0 : n, text, S_ISDIR(st.st_mode) ? 0 : (int)st.st_nlink, S_ISDIR(st.st_mode));
	close(fd);
}

int main(void)
{
	go_to_memory();
	int fd = open("f", O_CREAT | O_RDWR, 0644), here = open(".", O_RDONLY);
	write(fd, "content", 7);
	mkdir("d", 0755);
	symlink("f", "l");
	told("get", get("f", 0));
	opened("file", here, O_RDONLY);
	opened("by the working directory", AT_FDCWD, O_RDONLY);
	rename("f", "d/g");
	opened("renamed", here, O_RDONLY);
	opened("path only", here, O_PATH);
	link("d/g", "h");
	opened("another name", here, O_RDWR);
	b = a;
	told("get", get("h", 0));
	say("the same %d\n", !memcmp(&a, &b, sizeof a));
	told("descriptor", name_to_handle_at(fd, "", &a.handle, &(int) { 0 }, AT_EMPTY_PATH));
	say("the same %d\n", !memcmp(&a, &b, sizeof a));
	told("directory", get("d", 0));
	opened("directory", here, O_RDONLY | O_DIRECTORY);
	opened("to write", here, O_RDWR);
	a = b;
	unlink("d/g");
	unlink("h");
	opened("open still", here, O_RDONLY);
	close(fd);
	opened("gone", here, O_RDONLY);
	symlink("nowhere", "l2");
	told("link", get("l2", 0));
	opened("link", here, O_RDONLY);
	told("followed", get("l2", AT_SYMLINK_FOLLOW));
	told("nothing", get("nothing", 0));
	told("flags", get("d", 8));
	a.handle.handle_bytes = 0;
	told("no room", name_to_handle_at(AT_FDCWD, "d", &a.handle, &(int) { 0 }, 0));
	say("wants some %d\n", a.handle.handle_bytes > 0);
	a.handle.handle_bytes = 1000;
	told("too much", name_to_handle_at(AT_FDCWD, "d", &a.handle, &(int) { 0 }, 0));
	a.handle.handle_bytes = 0;
	opened("empty", here, O_RDONLY);
	a = b;
	opened("no descriptor", 99, O_RDONLY);
	get("d", 0);
	pid_t child = fork();
	if (!child) {
		setuid(1000);
		opened("a user", here, O_RDONLY);
		_exit(0);
	}
	waitpid(child, 0, 0);
	return 0;
}
