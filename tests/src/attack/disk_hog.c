/* Fills the disk with files of every size, in deep directories, and keeps what it has unlinked open. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char data[65536];

int main(void)
{
	char name[32];
	memset(data, 'x', sizeof data);
	for (int i = 0;; i++) {
		snprintf(name, sizeof name, "file%d", i);
		int file = open(name, O_CREAT | O_WRONLY, 0600);
		write(file, data, i % 7 ? i % sizeof data : sizeof data);
		if (i % 5)
			close(file);
		else
			unlink(name);
		if (i % 50 == 0 && mkdir("d", 0700) == 0)
			chdir("d");
	}
}
