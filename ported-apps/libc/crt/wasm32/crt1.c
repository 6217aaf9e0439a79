#include <features.h>
#include <stddef.h>
#include "libc.h"
#include "syscall.h"

/* Larger argument lists are put into a mapping of their own, so that they leave the stack alone. */
#define ON_STACK 65536

int __libc_start_main(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void));
int __main_argc_argv(int, char **);

static int call_main(int argc, char **argv, char **envp)
{
	return __main_argc_argv(argc, argv);
}

static _Noreturn void start(long *image)
{
	int argc = image[0];
	char **argv = (char **)(image + 1);
	__libc_start_main(call_main, argc, argv, 0, 0, 0);
	__builtin_unreachable();
}

/* The entry point. The host writes what a Unix kernel leaves on a new process's stack: argc, the
 * arguments, the environment, the auxiliary vector and the strings. */
__attribute__((__export_name__("_start"))) void _start(void)
{
	long size = __syscall(SYS_exec_image_size);
	long *image = size <= ON_STACK
		? __builtin_alloca_with_align(size, 128)
		: (long *)__syscall(SYS_heap_map, 0, size, 3 /* read, write */, 0x22 /* private, anonymous */);
	__syscall(SYS_exec_image, image);
	start(image);
}
