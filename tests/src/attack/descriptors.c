/* Opens whatever it can, in several processes, and fills every pipe. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char data[65536];

int main(void)
{
	memset(data, 'x', sizeof data);
	for (int i = 0; i < 6; i++)
		if (fork() == 0)
			break;
	for (;;) {
		int ends[2];
		if (pipe2(ends, O_NONBLOCK) == 0)
			while (write(ends[1], data, sizeof data) > 0)
				;
		else if (open("/dev/null", O_RDONLY) < 0)
			usleep(1000);
	}
}
