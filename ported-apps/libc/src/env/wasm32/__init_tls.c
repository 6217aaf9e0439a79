#include <string.h>
#include "pthread_impl.h"
#include "libc.h"
#include "syscall.h"

volatile int __thread_list_lock;

/* The only thread. Thread-local variables are plain variables as long as there is no other. */
hidden _Alignas(struct pthread) char __javix_thread[sizeof(struct pthread)];

int __init_tp(void *p)
{
	pthread_t thread = p;
	thread->self = thread;
	thread->detach_state = DT_JOINABLE;
	thread->tid = __syscall(SYS_getpid);
	thread->locale = &libc.global_locale;
	thread->robust_list.head = &thread->robust_list.head;
	thread->next = thread->prev = thread;
	return 0;
}

void *__copy_tls(unsigned char *memory)
{
	return memory;
}

void __init_tls(size_t *aux)
{
	__init_tp(__javix_thread);
}
