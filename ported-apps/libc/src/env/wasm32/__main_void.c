#include <unistd.h>

/* Linked for a program whose main takes three arguments, which the compiler leaves under its own name. */
int three(int, char **, char **) __asm__("main");
extern char **__environ;
extern hidden char **__javix_argv;

int __main_void(void)
{
	char **argv = __javix_argv;
	int argc = 0;
	while (argv[argc]) argc++;
	return three(argc, argv, __environ);
}
