/* What cancellation and the delivery of signals tell one another. */

/* Whether the thread is in a call that is a cancellation point. */
extern hidden _Thread_local volatile int __javix_in_cp;

/* A handler returns into such a call: lets the call fail if the thread is cancelled. */
hidden void __javix_cp_interrupt(void);
