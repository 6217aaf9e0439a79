// Unix-domain sockets with names: paths, abstract names, errors of bind, connect, listen and accept.
#include "check.h"
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

static void result(const char *what, long value)
{
	if (value < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %s\n", what, value ? "positive" : "0");
}

static struct sockaddr_un name;

static socklen_t path(const char *text)
{
	name.sun_family = AF_UNIX;
	strcpy(name.sun_path, text);
	return offsetof(struct sockaddr_un, sun_path) + strlen(text) + 1;
}

static socklen_t hidden(const char *text)
{
	name.sun_family = AF_UNIX;
	name.sun_path[0] = 0;
	memcpy(name.sun_path + 1, text, strlen(text));
	return offsetof(struct sockaddr_un, sun_path) + 1 + strlen(text);
}

static void show(const char *what, int error, socklen_t length, struct sockaddr_un *address)
{
	if (error) say("%s: %s\n", what, strerror(errno));
	else if (length > 2 && address->sun_path[0])
		say("%s: %d bytes, family %d, %.*s\n", what, length, address->sun_family, length - 2, address->sun_path);
	else say("%s: %d bytes, family %d, @%.*s\n", what, length, address->sun_family, length > 3 ? length - 3 : 0, address->sun_path + 1);
}

static void names(int fd)
{
	struct sockaddr_un address;
	socklen_t length = sizeof address;
	int error = getsockname(fd, (void *)&address, &length);
	show("  own", error, length, &address);
	length = sizeof address;
	error = getpeername(fd, (void *)&address, &length);
	show("  peer", error, length, &address);
}

static int stream(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }

int main(void)
{
	struct stat st;
	char buffer[100];
	umask(022);
	int listener = stream(), client = stream();
	names(listener);
	result("listen without a name", listen(listener, 5));
	result("connect to nothing", connect(client, (void *)&name, path("missing")));
	socklen_t length = path("place");
	result("bind", bind(listener, (void *)&name, length));
	result("bind again", bind(listener, (void *)&name, path("other")));
	result("bind another", bind(client, (void *)&name, path("place")));
	stat("place", &st);
	say("socket %d, mode %o, links %d, size %d\n", S_ISSOCK(st.st_mode), st.st_mode & 07777, (int)st.st_nlink, (int)st.st_size);
	result("open", open("place", O_RDWR));
	result("connect before listen", connect(client, (void *)&name, path("place")));
	result("accept before listen", accept(listener, 0, 0));
	result("listen", listen(listener, 5));
	result("connect to myself", connect(listener, (void *)&name, path("place")));
	result("connect", connect(client, (void *)&name, path("place")));
	names(client);
	result("connect again", connect(client, (void *)&name, path("place")));
	struct sockaddr_un address;
	length = sizeof address;
	int end = accept(listener, (void *)&address, &length);
	result("accept", end);
	show("accepted", 0, length, &address);
	names(end);
	write(client, "to", 2);
	result("read", read(end, buffer, 10));
	result("accept on a connection", accept(client, 0, 0));
	result("listen on a connection", listen(client, 1));
	result("send on a listener", send(listener, "x", 1, MSG_NOSIGNAL));
	result("recv on a listener", recv(listener, buffer, 1, 0));

	say("another type\n");
	int other = socket(AF_UNIX, SOCK_DGRAM, 0);
	result("connect", connect(other, (void *)&name, path("place")));
	close(other);

	say("a file that is no socket\n");
	close(open("file", O_CREAT | O_WRONLY, 0644));
	other = stream();
	result("connect", connect(other, (void *)&name, path("file")));
	result("through a file", connect(other, (void *)&name, path("file/x")));
	result("bind over it", bind(other, (void *)&name, path("file")));
	result("bind nowhere", bind(other, (void *)&name, path("none/x")));

	say("names lead to it\n");
	result("link", link("place", "second"));
	result("symlink", symlink("second", "third"));
	result("connect", connect(other, (void *)&name, path("third")));
	names(other);
	result("rename", rename("place", "moved"));
	close(other);
	other = stream();
	result("connect", connect(other, (void *)&name, path("moved")));
	close(other);

	say("unlinked\n");
	unlink("moved");
	unlink("second");
	other = stream();
	result("connect", connect(other, (void *)&name, path("moved")));
	result("what was connected", write(client, "more", 4));
	int again = stream();
	result("bind again", bind(again, (void *)&name, path("place")));
	result("connect", connect(other, (void *)&name, path("place")));
	close(again);
	result("after close", connect(other, (void *)&name, path("place")));
	result("the file is there", stat("place", &st));
	close(listener);
	close(end);
	close(client);

	say("permissions\n");
	listener = stream();
	bind(listener, (void *)&name, path("guarded"));
	listen(listener, 1);
	chmod("guarded", 0555);
	if (fork() == 0) {
		result("connect as root", connect(stream(), (void *)&name, path("guarded")));
		setuid(12345);
		result("connect", connect(other, (void *)&name, path("guarded")));
		_exit(0);
	}
	wait(NULL);
	close(listener);

	say("abstract\n");
	listener = stream();
	result("bind", bind(listener, (void *)&name, hidden("javix test name")));
	names(listener);
	again = stream();
	result("bind again", bind(again, (void *)&name, hidden("javix test name")));
	listen(listener, 0);
	result("connect", connect(again, (void *)&name, hidden("javix test name")));
	names(again);
	close(other);
	other = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	result("connect beyond the backlog", connect(other, (void *)&name, hidden("javix test name")));
	close(accept(listener, 0, 0));
	result("with room", connect(other, (void *)&name, hidden("javix test name")));
	close(listener);
	result("read from what was never accepted", read(other, buffer, 1));
	result("again", read(other, buffer, 1));
	result("the name is free", bind(stream(), (void *)&name, hidden("javix test name")));

	say("named by the system\n");
	other = stream();
	name.sun_family = AF_UNIX;
	result("bind", bind(other, (void *)&name, 2));
	length = sizeof address;
	getsockname(other, (void *)&address, &length);
	say("%d bytes, first %d\n", length, address.sun_path[0]);

	say("addresses\n");
	other = stream();
	result("too short", bind(other, (void *)&name, 1));
	result("too long", bind(other, (void *)&name, sizeof name + 1));
	name.sun_family = AF_INET;
	result("another family", bind(other, (void *)&name, 20));
	memset(&name, 'x', sizeof name);
	name.sun_family = AF_UNIX;
	result("108 characters", bind(other, (void *)&name, sizeof name));
	length = sizeof address;
	getsockname(other, (void *)&address, &length);
	say("%d bytes\n", length);
	char small[4] = "....";
	length = 3;
	result("cut off", getsockname(other, (void *)small, &length));
	say("%d bytes, family %d, %c%c\n", length, *(short *)small, small[2], small[3]);
	result("bad pointer", getsockname(other, (void *)-1, &length));
	length = -1;
	result("bad length", getsockname(other, (void *)small, &length));
	result("bad address", connect(other, (void *)-1, 10));

	say("what there is not\n");
	result("family", socket(77, SOCK_STREAM, 0));
	result("type", socket(AF_UNIX, 9, 0));
	result("no type", socket(AF_UNIX, 12, 0));
	result("protocol", socket(AF_UNIX, SOCK_STREAM, 6));
	result("protocol 1", socket(AF_UNIX, SOCK_STREAM, 1));
	result("flags", socket(AF_UNIX, SOCK_STREAM | 0x100, 0));
	result("not a socket", listen(open("file", O_RDONLY), 0));
	return 0;
}
