/* Cuts one file into as many locks as it can, in several processes that wait for one another. */
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
	int file = open("locked", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 6; i++)
		if (fork() == 0)
			break;
	for (long long at = 0;; at += 2) {
		struct flock lock = {.l_type = F_WRLCK, .l_start = at % 1000000000, .l_len = 1};
		fcntl(file, at % 3000 ? F_SETLK : F_SETLKW, &lock);
	}
}
