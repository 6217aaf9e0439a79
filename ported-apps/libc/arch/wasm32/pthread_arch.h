/* The thread's control block is a thread-local variable: in a program without threads at a fixed address, so that
 * errno costs one store. */
extern hidden _Thread_local char __javix_self[];

static inline uintptr_t __get_tp(void)
{
	return (uintptr_t)__javix_self;
}

#define MC_PC __none
