// Files and credentials sent through sockets.
#include "check.h"
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

static char buffer[100];
static char control[2000];
static int received[300];

static void result(const char *what, long count)
{
	if (count < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %ld\n", what, count);
}

static long send_files(int to, const char *text, int count, const int *files)
{
	struct iovec data = { (void *)text, strlen(text) };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control };
	message.msg_controllen = CMSG_SPACE(count * sizeof(int));
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_len = CMSG_LEN(count * sizeof(int));
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(header), files, count * sizeof(int));
	return sendmsg(to, &message, MSG_NOSIGNAL);
}

static int receive(int from, int length, int room, int flags)
{
	struct iovec data = { buffer, length };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room };
	memset(control, 0, sizeof control);
	long count = recvmsg(from, &message, flags);
	if (count < 0) {
		say("recvmsg: %s\n", strerror(errno));
		return 0;
	}
	int files = 0;
	say("recvmsg %ld:%s", count, message.msg_flags & MSG_CTRUNC ? " control data cut off," : "");
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h; h = CMSG_NXTHDR(&message, h)) {
		if (h->cmsg_type == SCM_RIGHTS) {
			files = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
			memcpy(received, CMSG_DATA(h), files * sizeof(int));
			say(" %d files", files);
		} else if (h->cmsg_type == SCM_CREDENTIALS) {
			struct ucred *who = (void *)CMSG_DATA(h);
			say(" from %s, uid %d, gid %d", who->pid == getpid() ? "me" : who->pid == getppid() ? "my parent" : who->pid ? "another" : "nobody", who->uid, who->gid);
		}
	}
	say("\n");
	return files;
}

static long send_credentials(int to, int pid, int uid, int gid)
{
	struct iovec data = { "who", 3 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = control };
	message.msg_controllen = CMSG_SPACE(sizeof(struct ucred));
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	header->cmsg_len = CMSG_LEN(sizeof(struct ucred));
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_CREDENTIALS;
	*(struct ucred *)CMSG_DATA(header) = (struct ucred){ pid, uid, gid };
	return sendmsg(to, &message, MSG_NOSIGNAL);
}

int main(void)
{
	int s[2], p[2], n = 1;
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);

	say("a file, by position\n");
	int file = open("file", O_RDWR | O_CREAT, 0600);
	write(file, "content", 7);
	lseek(file, 3, SEEK_SET);
	result("send", send_files(s[0], "x", 1, &file));
	close(file);
	receive(s[1], 10, sizeof control, 0);
	result("read", read(received[0], buffer, sizeof buffer));
	say("closes on exec %d\n", fcntl(received[0], F_GETFD));
	close(received[0]);

	say("closing on exec\n");
	pipe(p);
	send_files(s[0], "x", 2, p);
	receive(s[1], 10, sizeof control, MSG_CMSG_CLOEXEC);
	say("closes on exec %d\n", fcntl(received[0], F_GETFD));
	close(p[1]);
	close(received[1]);
	result("end of the pipe", read(p[0], buffer, 1));
	close(received[0]);

	say("bounds in a stream\n");
	write(s[0], "before", 6);
	send_files(s[0], "with", 1, p);
	write(s[0], "after", 5);
	receive(s[1], 100, sizeof control, 0);
	receive(s[1], 100, sizeof control, 0);
	write(s[0], "before", 6);
	send_files(s[0], "with", 1, p);
	receive(s[1], 6, sizeof control, 0);
	receive(s[1], 1, sizeof control, 0);
	write(s[0], "after", 5);
	receive(s[1], 100, sizeof control, 0);

	say("peeked\n");
	send_files(s[0], "x", 1, p);
	receive(s[1], 1, sizeof control, MSG_PEEK);
	receive(s[1], 1, sizeof control, 0);

	say("no room\n");
	int three[3] = { p[0], p[0], p[0] };
	send_files(s[0], "x", 3, three);
	receive(s[1], 1, CMSG_SPACE(2 * sizeof(int)), 0);
	send_files(s[0], "x", 3, three);
	receive(s[1], 1, 0, 0);
	send_files(s[0], "x", 3, three);
	result("plain read", read(s[1], buffer, 1));

	say("errors\n");
	int bad = 99;
	result("not open", send_files(s[0], "x", 1, &bad));
	int many[300];
	for (int i = 0; i < 300; i++) many[i] = p[0];
	result("254", send_files(s[0], "x", 254, many));
	result("253", send_files(s[0], "x", 253, many));
	result("no bytes", send_files(s[0], "", 1, p));
	receive(s[1], 1, sizeof control, 0);
	for (int i = 0; i < 253; i++) close(received[i]);

	say("never received\n");
	pipe(p);
	send_files(s[0], "x", 1, p + 1);
	close(p[1]);
	struct pollfd poller = { p[0], POLLIN };
	say("open: %d\n", poll(&poller, 1, 0) == 0);
	close(s[0]);
	close(s[1]);
	result("end of the pipe", read(p[0], buffer, 1));

	say("sockets in each other\n");
	pipe(p);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	int loop[3] = { s[0], s[1], p[1] };
	send_files(s[0], "x", 3, loop);
	send_files(s[1], "x", 3, loop);
	close(p[1]);
	close(s[0]);
	close(s[1]);
	close(socket(AF_UNIX, SOCK_STREAM, 0)); // Linux looks for such only when another socket closes
	result("end of the pipe", read(p[0], buffer, 1));

	say("credentials\n");
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	struct ucred peer;
	socklen_t length = sizeof peer;
	result("SO_PEERCRED", getsockopt(s[0], SOL_SOCKET, SO_PEERCRED, &peer, &length));
	say("%s, uid %d, gid %d\n", peer.pid == getpid() ? "me" : "another", peer.uid, peer.gid);
	write(s[0], "before", 6);
	setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &n, sizeof n);
	write(s[0], "after", 5);
	receive(s[1], 100, sizeof control, 0);
	receive(s[1], 100, sizeof control, 0);
	receive(s[1], 100, sizeof control, MSG_DONTWAIT);
	pid_t child = fork();
	if (child == 0) {
		write(s[0], "child", 5);
		setgid(100);
		setuid(100);
		write(s[0], "other", 5);
		result("my own", send_credentials(s[0], getpid(), 100, 100));
		result("another uid", send_credentials(s[0], getpid(), 0, 100));
		result("another pid", send_credentials(s[0], getppid(), 100, 100));
		_exit(0);
	}
	reap("child", child);
	receive(s[1], 100, sizeof control, 0);
	receive(s[1], 100, sizeof control, 0);
	result("as root", send_credentials(s[0], getpid(), 1234, 5678));
	receive(s[1], 100, sizeof control, 0);
	result("nobody's pid", send_credentials(s[0], 30000000, 0, 0));
	write(s[0], "cut off", 7);
	receive(s[1], 100, 8, 0);
	return 0;
}
