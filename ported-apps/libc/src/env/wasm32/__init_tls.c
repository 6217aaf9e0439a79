#include "pthread_impl.h"
#include "libc.h"
#include "syscall.h"

volatile int __thread_list_lock;

/* The control block of the thread; see pthread_arch.h. */
hidden _Thread_local _Alignas(struct pthread) char __javix_self[sizeof(struct pthread)];

static void no_threads(void)
{
}
/* Set by a program that can make threads. */
weak_alias(no_threads, __javix_init_threads);

int __init_tp(void *p)
{
	pthread_t thread = p;
	thread->self = thread;
	thread->detach_state = DT_JOINABLE;
	thread->tid = __syscall(SYS_set_tid_address, &__thread_list_lock);
	thread->locale = &libc.global_locale;
	thread->robust_list.head = &thread->robust_list.head;
	thread->next = thread->prev = thread;
	return 0;
}

void __init_tls(size_t *aux)
{
	__init_tp(__javix_self);
	__javix_init_threads();
}
