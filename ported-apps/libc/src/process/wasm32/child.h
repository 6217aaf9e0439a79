/* What the one thread of a child of fork does first. It has none of its parent's robust mutexes: a list that went on into
 * shared memory would be torn by both. */
static inline void __javix_begin_child(void)
{
	pthread_t self = __pthread_self();
	self->tid = __syscall(SYS_getpid);
	self->robust_list.head = &self->robust_list.head;
	self->robust_list.pending = 0;
}
