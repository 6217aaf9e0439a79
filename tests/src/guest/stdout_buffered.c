// Standard output that is no terminal is written when it is flushed, its first line as well; a child has what was not.
#include "check.h"

int main(void)
{
	printf("first line\n");
	say("written at once\n");
	pid_t pid = fork();
	if (!pid) {
		puts("in the child");
		exit(0);
	}
	waitpid(pid, NULL, 0);
	putchar('x');
	putchar('\n');
	say("before the end\n");
	fflush(stdout);
	return 0;
}
