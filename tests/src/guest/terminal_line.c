// What a pseudo-terminal keeps of settings that are of a line's: size of characters, parity, marks; its device.
#include "check.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <termios.h>

static int master, slave;

static void control(tcflag_t asked)
{
	struct termios settings;
	tcgetattr(slave, &settings);
	settings.c_cflag = asked;
	told("set", tcsetattr(slave, TCSANOW, &settings));
	tcgetattr(slave, &settings);
	say("%#o became %#o\n", asked, settings.c_cflag);
}

static void typed(tcflag_t input, const char *bytes, int count)
{
	struct termios settings;
	unsigned char got[20];
	struct pollfd polled = { slave, POLLIN, 0 };
	tcgetattr(slave, &settings);
	settings.c_iflag = input;
	settings.c_lflag = 0;
	settings.c_cc[VMIN] = 1;
	settings.c_cc[VTIME] = 0;
	tcsetattr(slave, TCSANOW, &settings);
	write(master, bytes, count);
	poll(&polled, 1, 5000);
	int length = read(slave, got, sizeof got);
	say("%#o:", input);
	for (int i = 0; i < length; i++) say(" %02x", got[i]);
	say("\n");
}

int main(void)
{
	int carrier = -1;
	unsigned device = 0, number = 0;
	struct stat of_slave;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(master);
	unlockpt(master);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	control(CS7 | PARENB);
	control(B9600 | CS5 | CSTOPB | CLOCAL);
	told("carrier", ioctl(slave, TIOCGSOFTCAR, &carrier));
	say("%d\n", carrier);
	control(B38400 | CS8 | CREAD);
	told("carrier", ioctl(master, TIOCGSOFTCAR, &carrier));
	say("%d\n", carrier);
	typed(PARMRK, "a\377b", 3);
	typed(PARMRK | ISTRIP, "a\377b", 3);
	typed(ISTRIP, "a\377b", 3);
	typed(0, "a\377b", 3);
	fstat(slave, &of_slave);
	ioctl(master, TIOCGPTN, &number);
	told("device", ioctl(slave, TIOCGDEV, &device));
	say("of the slave: %d\n", device == (number | 136 << 8) && of_slave.st_rdev == makedev(136, number));
	device = 0;
	told("device", ioctl(master, TIOCGDEV, &device));
	say("of the slave: %d\n", device == (number | 136 << 8));
	return 0;
}
