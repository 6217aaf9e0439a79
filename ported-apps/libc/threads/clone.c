#define _GNU_SOURCE
#include <stdarg.h>
#include "pthread_impl.h"
#include "libc.h"
#include "syscall.h"
#include "threads.h"

/* Debian's default is 8 MiB, of which most is never touched. This has to fit beside others in 4 GiB. */
#define STACK_SIZE (1 << 20)

void __javix_init_threads(void)
{
	libc.can_do_threads = 1;
	libc.tls_align = __builtin_wasm_tls_align();
	libc.tls_size = __builtin_wasm_tls_size() + libc.tls_align;
	__default_stacksize = STACK_SIZE;
}

static uintptr_t offset_of_thread(void)
{
	return (uintptr_t)__javix_self - (uintptr_t)__builtin_wasm_tls_base();
}

void *__copy_tls(unsigned char *memory)
{
	uintptr_t block = (uintptr_t)memory + libc.tls_align - 1 & -libc.tls_align;
	__javix_fill_tls((void *)block);
	return (void *)(block + offset_of_thread());
}

/* Makes a thread new for the next that uses it; its own control block, which lies among the variables, stays. */
void __reset_tls(void)
{
	struct pthread kept = *__pthread_self();
	__javix_fill_tls(__builtin_wasm_tls_base());
	*__pthread_self() = kept;
}

/* For pthread_create alone, which always passes the same flags. */
int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...)
{
	va_list rest;
	va_start(rest, argument);
	int *parent_tid = va_arg(rest, int *);
	char *thread = va_arg(rest, void *);
	int *child_tid = va_arg(rest, int *);
	va_end(rest);
	stack = (void *)((uintptr_t)stack & -16);
	return __syscall(SYS_thread, function, argument, stack, thread - offset_of_thread(), parent_tid, child_tid);
}

void __javix_thread_run(int (*function)(void *), void *argument)
{
	__syscall(SYS_exit, function(argument));
}
