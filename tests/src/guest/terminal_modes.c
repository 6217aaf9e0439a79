/* Modes of reading from a terminal without lines, packet mode, and the ioctls that are less known. */
#include "check.h"
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <termios.h>

static int master, slave;
static struct termios start;

static void open_pair(void)
{
	master = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(master);
	unlockpt(master);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	tcgetattr(slave, &start);
}

static void mode(int lines, int least, int tenths, int echo)
{
	struct termios t = start;
	t.c_lflag = lines ? ICANON : 0;
	if (echo) t.c_lflag |= ECHO;
	t.c_cc[VMIN] = least;
	t.c_cc[VTIME] = tenths;
	if (tcsetattr(slave, TCSANOW, &t)) say("tcsetattr: %s\n", strerror(errno));
}

static void arrived(int fd, int bytes)
{
	int there = 0;
	while (there < bytes) {
		sleep_ms(1);
		if (ioctl(fd, FIONREAD, &there)) return;
	}
}

static int tenths_since(struct timespec *began)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int)((now.tv_sec - began->tv_sec) * 10 + (now.tv_nsec - began->tv_nsec) / 100000000);
}

/* Reads at most so many bytes. What is too early is told; late may be whoever is slow. */
static void reads(const char *what, int most, int least_tenths)
{
	char bytes[100];
	struct timespec began;
	clock_gettime(CLOCK_MONOTONIC, &began);
	int got = read(slave, bytes, most);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %d '%.*s'%s\n", what, got, got, bytes, tenths_since(&began) < least_tenths ? " too early" : "");
}

static void type(const char *text)
{
	write(master, text, strlen(text));
}

static void type_and_arrive(const char *text)
{
	type(text);
	arrived(slave, strlen(text));
}

static void without_lines(void)
{
	say("-- MIN 0, TIME 0\n");
	mode(0, 0, 0, 0);
	reads("nothing there", 10, 0);
	type_and_arrive("abc");
	reads("less than asked for", 10, 0);
	type_and_arrive("abc");
	reads("more than asked for", 2, 0);
	reads("the rest", 2, 0);
	say("-- MIN 0, TIME 2\n");
	mode(0, 0, 2, 0);
	reads("nothing comes", 10, 2);
	type_and_arrive("abc");
	reads("something there", 10, 0);
	say("-- MIN 3, TIME 0\n");
	mode(0, 3, 0, 0);
	type_and_arrive("abcd");
	reads("enough", 10, 0);
	type_and_arrive("ab");
	reads("asked for less than MIN", 2, 0);
	type_and_arrive("ab");
	pid_t child = fork();
	if (!child) {
		await_sleep(getppid());
		type("c");
		_exit(0);
	}
	reads("waits for the third", 10, 0);
	reap("child", child);
	fcntl(slave, F_SETFL, O_NONBLOCK);
	reads("O_NONBLOCK, nothing", 10, 0);
	type("ab");
	sleep_ms(20);
	struct pollfd polled = { slave, POLLIN };
	say("poll with less than MIN: %d\n", poll(&polled, 1, 0));
	type("c");
	say("poll with MIN: %d\n", poll(&polled, 1, -1));
	reads("O_NONBLOCK, MIN", 10, 0);
	fcntl(slave, F_SETFL, 0);
	say("-- MIN 3, TIME 2\n");
	mode(0, 3, 2, 0);
	type_and_arrive("a");
	reads("the time runs from the first byte", 10, 2);
	type_and_arrive("abc");
	reads("MIN", 10, 0);
	child = fork();
	if (!child) {
		await_sleep(getppid());
		sleep_ms(300);
		type("x");
		_exit(0);
	}
	reads("no time runs before the first byte", 10, 5);
	reap("child", child);
	say("-- lines\n");
	mode(1, 1, 0, 0);
	type("one\ntwo\nthree");
	arrived(slave, 8);
	int there = 0;
	ioctl(slave, FIONREAD, &there);
	say("FIONREAD %d\n", there);
	reads("a part of a line", 2, 0);
	reads("the rest of it", 10, 0);
	reads("one line at a time", 100, 0);
	mode(0, 1, 0, 0);
	reads("what was no line is there without lines", 100, 0);
	mode(1, 1, 0, 0);
	type("\004");
	reads("end of file", 10, 0);
	type("x\004");
	reads("end of file pushes", 10, 0);
}

static void shows_packet(const char *what)
{
	unsigned char bytes[100];
	int got = read(master, bytes, sizeof bytes);
	if (got < 0) say("%s: %s\n", what, strerror(errno));
	else say("%s: %02x '%.*s'\n", what, bytes[0], got - 1, bytes + 1);
}

static void packets(void)
{
	int on = 1, off = 0, state = -1;
	say("-- packets\n");
	mode(1, 1, 0, 0);
	told("TIOCPKT", ioctl(master, TIOCPKT, &on));
	told("TIOCGPKT", ioctl(master, TIOCGPKT, &state));
	say("state %d\n", state);
	write(slave, "data", 4);
	shows_packet("data");
	tcflush(slave, TCIFLUSH);
	shows_packet("input thrown away");
	tcflush(slave, TCOFLUSH);
	shows_packet("output thrown away");
	tcflow(slave, TCOOFF);
	shows_packet("stopped");
	struct pollfd polled = { master, POLLIN | POLLPRI };
	tcflow(slave, TCOON);
	say("poll %x\n", poll(&polled, 1, -1) > 0 ? polled.revents : 0);
	shows_packet("started");
	fcntl(master, F_SETFL, O_NONBLOCK);
	shows_packet("nothing");
	struct termios t = start;
	t.c_iflag &= ~IXON;
	tcsetattr(slave, TCSANOW, &t);
	shows_packet("no flow control");
	tcsetattr(slave, TCSANOW, &start);
	shows_packet("flow control");
	told("TIOCPKT off", ioctl(master, TIOCPKT, &off));
	told("TIOCPKT of the slave", ioctl(slave, TIOCPKT, &on));
	fcntl(master, F_SETFL, 0);
}

static void controls(void)
{
	int number = -1, locked;
	char c = 'i';
	say("-- controls\n");
	mode(1, 1, 0, 0);
	tcflush(slave, TCIOFLUSH);
	told("TIOCGPTN", ioctl(master, TIOCGPTN, &number));
	char name[40];
	sprintf(name, "/dev/pts/%d", number);
	say("name %d\n", !strcmp(name, ptsname(master)));
	told("TIOCGPTN of the slave", ioctl(slave, TIOCGPTN, &number));
	told("TIOCGPTLCK", ioctl(master, TIOCGPTLCK, &locked));
	say("locked %d\n", locked);
	locked = 1;
	told("TIOCSPTLCK", ioctl(master, TIOCSPTLCK, &locked));
	told("open a locked one", open(name, O_RDWR | O_NOCTTY));
	locked = 0;
	told("TIOCSPTLCK", ioctl(master, TIOCSPTLCK, &locked));
	int peer = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	say("TIOCGPTPEER %d\n", peer >= 0);
	close(peer);
	write(slave, "12345", 5);
	told("TIOCOUTQ", ioctl(slave, TIOCOUTQ, &number));
	arrived(master, 5);
	told("FIONREAD of the master", ioctl(master, FIONREAD, &number));
	say("there %d\n", number);
	told("TIOCEXCL", ioctl(slave, TIOCEXCL));
	pid_t child = fork();
	if (!child) {
		say("open, as root: %d\n", open(name, O_RDWR | O_NOCTTY) >= 0);
		fchmod(slave, 0666);
		if (setuid(65534)) say("still privileged\n");
		told("open, as nobody", open(name, O_RDWR | O_NOCTTY));
		_exit(0);
	}
	reap("child", child);
	told("TIOCNXCL", ioctl(slave, TIOCNXCL));
	told("TIOCGEXCL", ioctl(slave, TIOCGEXCL, &number));
	say("exclusive %d\n", number);
	told("TIOCGSID of no controlling terminal", ioctl(slave, TIOCGSID, &number));
	told("TIOCGPGRP of no controlling terminal", ioctl(slave, TIOCGPGRP, &number));
	told("TIOCNOTTY", ioctl(slave, TIOCNOTTY));
	told("TCFLSH, wrong", ioctl(slave, TCFLSH, 9));
	told("TCXONC, wrong", ioctl(slave, TCXONC, 9));
	told("TIOCGETD", ioctl(slave, TIOCGETD, &number));
	say("discipline %d\n", number);
	told("TIOCMGET", ioctl(slave, TIOCMGET, &number));
	told("TCSBRK", tcsendbreak(slave, 0));
	told("tcdrain", tcdrain(slave));
	struct termios other = start;
	cfsetospeed(&other, B9600);
	told("speed", tcsetattr(slave, TCSANOW, &other));
	tcgetattr(slave, &other);
	say("9600 baud %d\n", cfgetospeed(&other) == B9600);
	struct winsize size = { 10, 20, 3, 4 };
	told("TIOCSWINSZ of the master", ioctl(master, TIOCSWINSZ, &size));
	memset(&size, 0, sizeof size);
	told("TIOCGWINSZ", ioctl(slave, TIOCGWINSZ, &size));
	say("size %d %d %d %d\n", size.ws_row, size.ws_col, size.ws_xpixel, size.ws_ypixel);
	told("ttyname", ttyname(slave) && !strcmp(ttyname(slave), name) ? 0 : -1);
}

/* What only a session's own terminal does. */
static void of_a_session(void)
{
	int number, other;
	setsid();
	told("TIOCSCTTY", ioctl(slave, TIOCSCTTY, 0));
	told("TIOCSCTTY again", ioctl(slave, TIOCSCTTY, 0));
	told("TIOCGSID", ioctl(slave, TIOCGSID, &number));
	say("session %d\n", number == getsid(0));
	told("TIOCGSID of the master", ioctl(master, TIOCGSID, &number));
	told("TIOCGPGRP of the master", ioctl(master, TIOCGPGRP, &number));
	say("group %d\n", number == getpgrp());
	other = 999999;
	told("TIOCSPGRP of a group that nobody has", ioctl(slave, TIOCSPGRP, &other));
	other = -1;
	told("TIOCSPGRP negative", ioctl(slave, TIOCSPGRP, &other));
	int tty = open("/dev/tty", O_RDWR);
	say("/dev/tty %d\n", tty >= 0);
	number = ioctl(tty, TIOCGPGRP, &other) ? -1 : other == getpgrp();
	say("its group %d\n", number);
	signal(SIGHUP, SIG_IGN);
	told("TIOCNOTTY", ioctl(tty, TIOCNOTTY));
	told("/dev/tty", open("/dev/tty", O_RDWR));
	told("TIOCGSID afterwards", ioctl(slave, TIOCGSID, &number));
	told("TIOCSCTTY anew", ioctl(slave, TIOCSCTTY, 0));
	pid_t child = fork();
	if (!child) {
		setsid();
		told("TIOCSCTTY of another session's", ioctl(slave, TIOCSCTTY, 0));
		told("stolen", ioctl(slave, TIOCSCTTY, 1));
		_exit(0);
	}
	reap("thief", child);
	told("/dev/tty of the robbed", open("/dev/tty", O_RDWR));
	close(slave);
	close(tty);
}

static void hangup(void)
{
	char c;
	say("-- hangup\n");
	while (fcntl(slave, F_GETFD) >= 0 && close(slave));
	struct pollfd polled = { master, POLLIN | POLLOUT };
	fcntl(master, F_SETFL, O_NONBLOCK);
	while (read(master, &c, 1) > 0);
	say("no slave: %s\n", strerror(errno));
	say("poll %x\n", poll(&polled, 1, 0) > 0 ? polled.revents & ~POLLOUT : 0);
	open_pair();
	close(master);
	polled = (struct pollfd) { slave, POLLIN };
	told("read", read(slave, &c, 1));
	told("write", write(slave, &c, 1));
	told("tcgetattr", tcgetattr(slave, &start));
	say("poll %x\n", poll(&polled, 1, 0) > 0 ? polled.revents : 0);
}

int main(void)
{
	open_pair();
	without_lines();
	packets();
	controls();
	pid_t child = fork();
	if (!child) {
		of_a_session();
		_exit(0);
	}
	reap("session", child);
	hangup();
	return 0;
}
