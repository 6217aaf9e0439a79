// Files that were sent over a Unix-domain socket and that nobody takes are closed: each case ends with the end of a pipe.
#include "check.h"
#include <poll.h>
#include <sys/socket.h>

static int writer;

static long send_files(int socket, int count, const char *text, int flags)
{
	union { char bytes[CMSG_SPACE(254 * sizeof(int))]; struct cmsghdr header; } control = { { 0 } };
	struct iovec part = { (void *)text, strlen(text) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(count * sizeof(int)) };
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(count * sizeof(int));
	for (int i = 0; i < count; i++) memcpy((int *)CMSG_DATA(&control.header) + i, &writer, sizeof writer);
	return sendmsg(socket, &message, MSG_NOSIGNAL | flags);
}

/* Receives with so much room for control data, and closes what comes. */
static void receive(int socket, int room, int length, int flags)
{
	union { char bytes[1100]; struct cmsghdr header; } control;
	char text[100];
	struct iovec part = { text, length };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = room };
	if (recvmsg(socket, &message, flags | MSG_DONTWAIT) < 0) return;
	for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
		for (int i = 0; i < (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int)); i++) close(((int *)CMSG_DATA(header))[i]);
}

static void run(int type, int which)
{
	static const char *const names[] = { "not received", "received", "no room", "little room", "room for a header", "looked at", "a part", "read", "recv", "recv after a look",
		"too many", "sent to nobody", "sent after the end", "both ended", "until it is full" };
	int pair[2], ends[2];
	char bytes[100];
	socketpair(AF_UNIX, type, 0, pair);
	pipe(ends);
	writer = ends[1];
	if (which < 10) send_files(pair[0], 3, "abc", 0);
	switch (which) {
	case 1: receive(pair[1], 100, 9, 0); break;
	case 2: receive(pair[1], 0, 9, 0); break;
	case 3: receive(pair[1], CMSG_LEN(8), 9, 0); break;
	case 4: receive(pair[1], CMSG_LEN(0), 9, 0); break;
	case 5: receive(pair[1], 0, 1, MSG_PEEK); receive(pair[1], 100, 1, MSG_PEEK); receive(pair[1], 100, 9, 0); break;
	case 6: receive(pair[1], 100, 1, 0); break;
	case 7: read(pair[1], bytes, 1); break;
	case 8: recv(pair[1], bytes, 1, 0); break;
	case 9: recv(pair[1], bytes, 1, MSG_PEEK); recv(pair[1], bytes, 100, 0); break;
	case 10: send_files(pair[0], 254, "a", 0); break;
	case 11: close(pair[1]); send_files(pair[0], 2, "a", 0); break;
	case 12: shutdown(pair[0], SHUT_WR); send_files(pair[0], 2, "a", 0); break;
	case 13: send_files(pair[0], 2, "a", 0); shutdown(pair[0], SHUT_RDWR); shutdown(pair[1], SHUT_RDWR); break;
	case 14: for (int i = 0; i < 3000 && send_files(pair[0], 1, "abcdefgh", MSG_DONTWAIT) > 0; i++) {} break;
	}
	/* What was received or refused is gone already. */
	int alive = which > 0 && which < 13;
	if (!alive) close(pair[0]), close(pair[1]);
	close(ends[1]);
	struct pollfd polled = { ends[0], POLLIN, 0 };
	poll(&polled, 1, 5000);
	say("%s: %s\n", names[which], polled.revents & POLLHUP ? "closed" : "held");
	if (alive) close(pair[0]), close(pair[1]);
	close(ends[0]);
}

int main(void)
{
	const int types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };
	for (int type = 0; type < 3; type++) {
		say("-- type %d\n", types[type]);
		for (int which = 0; which < 15; which++) run(types[type], which);
	}
	return 0;
}
