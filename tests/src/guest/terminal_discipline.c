/* The line discipline, seen from both ends of a pseudo-terminal. */
#include "check.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static int master, slave;

/* What comes out of a descriptor within a while, printed. */
static void show(const char *what, int fd)
{
	char bytes[4096];
	int n = 0;
	struct pollfd ready = { fd, POLLIN };
	while (poll(&ready, 1, n ? 30 : 250) > 0 && (ready.revents & POLLIN)) {
		int r = read(fd, bytes + n, sizeof bytes - n);
		if (r <= 0) {
			if (!n) { say("%s: %d %s\n", what, r, r < 0 ? strerror(errno) : ""); return; }
			break;
		}
		n += r;
	}
	char text[4096], *t = text;
	for (int i = 0; i < n && t < text + 400; i++) {
		unsigned char c = bytes[i];
		if (c == '\\') t += sprintf(t, "\\\\");
		else if (c >= 32 && c < 127) *t++ = c;
		else if (c == '\n') t += sprintf(t, "\\n");
		else if (c == '\r') t += sprintf(t, "\\r");
		else t += sprintf(t, "\\x%02x", c);
	}
	*t = 0;
	say("%s: %s%s\n", what, n ? text : "nothing", (ready.revents & POLLHUP) ? " hangup" : "");
}

static void type(const char *keys, int length)
{
	write(master, keys, length < 0 ? strlen(keys) : length);
}

/* Waits for what was typed to be there to read: Linux hands it on a moment later. */
static void arrived(void)
{
	struct pollfd ready = { slave, POLLIN };
	poll(&ready, 1, -1);
}

static struct termios start;

static void set(tcflag_t in, tcflag_t noin, tcflag_t out, tcflag_t noout, tcflag_t local, tcflag_t nolocal)
{
	struct termios t = start;
	t.c_iflag = (t.c_iflag | in) & ~noin;
	t.c_oflag = (t.c_oflag | out) & ~noout;
	t.c_lflag = (t.c_lflag | local) & ~nolocal;
	tcsetattr(slave, TCSANOW, &t);
}

static void chars(int min, int time)
{
	struct termios t = start;
	t.c_lflag &= ~(ICANON | ECHO);
	t.c_cc[VMIN] = min;
	t.c_cc[VTIME] = time;
	tcsetattr(slave, TCSANOW, &t);
}

/* Types something and shows the echo and what is read. */
static void line(const char *what, const char *keys)
{
	say("-- %s\n", what);
	type(keys, -1);
	show("echo", master);
	show("read", slave);
	tcflush(slave, TCIOFLUSH);
}

int main(void)
{
	master = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(master);
	unlockpt(master);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	fcntl(slave, F_SETFL, O_NONBLOCK);
	tcgetattr(slave, &start);
	say("flags %o %o %o %o\n", start.c_iflag, start.c_oflag, start.c_cflag, start.c_lflag);
	for (int i = 0; i < 17; i++) say("%d ", start.c_cc[i]);
	say("\nspeed %d\n", (int)cfgetospeed(&start));

	line("a line", "hello\r");
	line("erase", "helo\177lo\r");
	line("erase at the start", "\177\177a\r");
	line("word erase", "one two  three\027four\r");
	line("kill", "forget this\025kept\r");
	line("literal next", "a\026\003b\026\177c\r");
	line("reprint", "abc\022d\r");
	line("control characters", "a\001b\033c\t\177\r");
	line("end of file after text", "text\004");
	line("end of file", "\004");
	line("two lines", "one\rtwo\r");
	line("no end", "unfinished");
	line("new line", "with\n");
	start.c_cc[VEOL] = ';';
	set(0, 0, 0, 0, 0, 0);
	line("another end of line", "one;two\r");
	start.c_cc[VEOL] = 0;

	set(IUTF8, 0, 0, 0, 0, 0);
	line("multibyte", "a\303\244\342\202\254\177b\177\177c\r");
	set(0, IUTF8, 0, 0, 0, 0);
	line("bytes", "a\303\244\177b\r");

	set(0, 0, 0, 0, 0, ECHO);
	line("no echo", "quiet\177\r");
	set(0, 0, 0, 0, ECHONL, ECHO);
	line("echo of new lines only", "quiet\r");
	set(0, 0, 0, 0, 0, ECHOE);
	line("no ECHOE", "abc\177d\r");
	set(0, 0, 0, 0, ECHOPRT, ECHOE);
	line("ECHOPRT", "abc\177\177d\r");
	set(0, 0, 0, 0, 0, ECHOKE);
	line("no ECHOKE", "abc\025d\r");
	set(0, 0, 0, 0, 0, ECHOK | ECHOKE);
	line("no ECHOK", "abc\025d\r");
	set(0, 0, 0, 0, 0, ECHOCTL);
	line("no ECHOCTL", "a\001\033b\177\r");
	set(0, 0, 0, 0, 0, IEXTEN);
	line("no IEXTEN", "a\026b c\027\r");
	set(0, 0, 0, 0, 0, ISIG);
	line("no ISIG", "a\003b\032\034\r");

	set(0, ICRNL, 0, 0, 0, 0);
	line("no ICRNL", "a\rb\n");
	set(INLCR, ICRNL, 0, 0, 0, 0);
	line("INLCR", "a\nb\r\n");
	set(IGNCR, 0, 0, 0, 0, 0);
	line("IGNCR", "a\rb\n");
	set(ISTRIP, 0, 0, 0, 0, 0);
	line("ISTRIP", "\341\342\r");
	set(IUCLC, 0, 0, 0, 0, 0);
	line("IUCLC", "ABC\r");

	say("-- output\n");
	struct { const char *name; tcflag_t on, off; } outputs[] = {
		{ "plain", 0, 0 }, { "no OPOST", 0, OPOST }, { "no ONLCR", 0, ONLCR }, { "OCRNL", OCRNL, 0 },
		{ "ONOCR", ONOCR, 0 }, { "ONLRET", ONLRET, ONLCR }, { "OLCUC", OLCUC, 0 }, { "XTABS", TABDLY, 0 },
	};
	for (int i = 0; i < 8; i++) {
		set(0, 0, outputs[i].on, outputs[i].off, 0, 0);
		write(slave, "\rab\tc\nd\re\n", 10);
		show(outputs[i].name, master);
	}

	say("-- raw\n");
	set(0, 0, 0, 0, 0, ICANON);
	line("not canonical", "a\177\025\004\r");
	set(0, 0, 0, 0, 0, ICANON | ECHO | ISIG | IEXTEN);
	line("raw", "\003\026\r\n");
	fcntl(slave, F_SETFL, 0);
	char buffer[100];
	chars(0, 0);
	say("MIN 0 TIME 0: %d\n", (int)read(slave, buffer, 10));
	type("ab", -1);
	arrived();
	say("with input: %d\n", (int)read(slave, buffer, 10));
	chars(0, 2);
	say("MIN 0 TIME 2: %d\n", (int)read(slave, buffer, 10));
	type("c", -1);
	arrived();
	say("with input: %d\n", (int)read(slave, buffer, 10));
	chars(3, 0);
	pid_t typist = fork();
	if (!typist) {
		await_sleep(getppid()); type("1", 1); sleep_ms(30); type("2", 1); sleep_ms(30); type("345", 3);
		_exit(0);
	}
	say("MIN 3 TIME 0: %d\n", (int)read(slave, buffer, 10));
	waitpid(typist, 0, 0);
	chars(5, 1);
	typist = fork();
	if (!typist) { await_sleep(getppid()); type("12", 2); _exit(0); }
	say("MIN 5 TIME 1: %d\n", (int)read(slave, buffer, 10));
	waitpid(typist, 0, 0);
	chars(5, 0);
	type("123", 3);
	int waiting;
	do ioctl(slave, FIONREAD, &waiting); while (waiting < 3);
	struct pollfd ready = { slave, POLLIN };
	say("MIN 5: waiting %d, ready %d\n", waiting, poll(&ready, 1, 20));
	type("45", 2);
	say("ready %d\n", poll(&ready, 1, -1));
	say("read %d\n", (int)read(slave, buffer, 2));
	tcflush(slave, TCIFLUSH);
	fcntl(slave, F_SETFL, O_NONBLOCK);
	int r = read(slave, buffer, 10);
	say("flushed: %d %s\n", r, strerror(errno));

	say("-- flow\n");
	set(0, 0, 0, 0, 0, 0);
	type("\023", 1);
	sleep_ms(100);
	write(slave, "held", 4);
	show("stopped", master);
	type("\021", 1);
	show("started", master);
	set(IXANY, 0, 0, 0, 0, 0);
	type("\023", 1);
	sleep_ms(100);
	write(slave, "held", 4);
	show("stopped", master);
	type("x", 1);
	show("any key", master);
	tcflush(slave, TCIFLUSH);
	set(0, IXON, 0, 0, 0, 0);
	line("no IXON", "a\023b\021\r");
	set(0, 0, 0, 0, 0, 0);
	tcflow(slave, TCOOFF);
	r = write(slave, "held", 4);
	say("write while off: %d %s\n", r, r < 0 ? strerror(errno) : "");
	show("off", master);
	tcflow(slave, TCOON);
	show("on", master);
	tcflow(slave, TCIOFF);
	show("IOFF", master);
	tcflow(slave, TCION);
	show("ION", master);

	say("-- sizes and errors\n");
	struct winsize size = { 24, 80, 0, 0 }, got;
	ioctl(slave, TIOCGWINSZ, &got);
	say("%d %d\n", got.ws_row, got.ws_col);
	say("set size: %d\n", ioctl(master, TIOCSWINSZ, &size));
	ioctl(slave, TIOCGWINSZ, &got);
	say("%d %d\n", got.ws_row, got.ws_col);
	r = tcgetpgrp(slave);
	say("tcgetpgrp: %d %s\n", r, strerror(errno));
	r = tcsetpgrp(slave, getpgrp());
	say("tcsetpgrp: %d %s\n", r, strerror(errno));
	r = tcgetsid(slave);
	say("tcgetsid: %d %s\n", r, strerror(errno));
	r = tcsetattr(slave, 99, &start);
	say("tcsetattr: %d %s\n", r, strerror(errno));
	r = tcflush(slave, 99);
	say("tcflush: %d %s\n", r, strerror(errno));
	r = tcflow(slave, 99);
	say("tcflow: %d %s\n", r, strerror(errno));
	r = tcdrain(slave);
	say("tcdrain: %d\n", r);
	say("tty: %d %d\n", isatty(slave), isatty(0) && 0);
	r = tcgetattr(0, &start) && errno != ENOTTY;
	say("master too: %d\n", tcgetattr(master, &start));

	say("-- hangup\n");
	set(0, 0, 0, 0, 0, ECHO);
	type("left\r", 5);
	close(slave);
	show("master without slave", master);
	r = read(master, buffer, 10);
	say("read: %d %s\n", r, r < 0 ? strerror(errno) : "");
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	fcntl(slave, F_SETFL, O_NONBLOCK);
	write(slave, "back", 4);
	show("slave again", master);
	close(master);
	show("slave without master", slave);
	r = read(slave, buffer, 10);
	say("read: %d %s\n", r, r < 0 ? strerror(errno) : "");
	r = write(slave, "x", 1);
	say("write: %d %s\n", r, r < 0 ? strerror(errno) : "");
	r = tcgetattr(slave, &start);
	say("tcgetattr: %d %s\n", r, r < 0 ? strerror(errno) : "");
	return 0;
}
