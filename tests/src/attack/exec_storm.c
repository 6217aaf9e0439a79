/* Becomes itself again, for ever, in several processes. */
#include <unistd.h>

int main(int count, char **arguments)
{
	if (count == 1)
		for (int i = 0; i < 4; i++)
			if (fork() == 0)
				break;
	execl(arguments[0], arguments[0], "again", (char *) 0);
}
