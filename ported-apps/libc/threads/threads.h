/* What clone.c and start.s agree on. */

/* The entry point of a new thread, which the host calls on an instance of its own: the host passes these four through. */
void __javix_thread_start(int (*function)(void *), void *argument, void *stack, void *tls_base);

/* Fills a block with the initial values of all thread-local variables. */
void __javix_fill_tls(void *block);
