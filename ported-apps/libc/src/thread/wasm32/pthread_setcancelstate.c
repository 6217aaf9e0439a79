#include "pthread_impl.h"

/* A cancellation that came while it was disabled sent no signal, so whoever can be cancelled anywhere looks for it now. */
int __pthread_setcancelstate(int state, int *old)
{
	if (state < PTHREAD_CANCEL_ENABLE || state > PTHREAD_CANCEL_MASKED) return EINVAL;
	pthread_t self = __pthread_self();
	if (old) *old = self->canceldisable;
	self->canceldisable = state;
	if (state == PTHREAD_CANCEL_ENABLE) {
		/* Either this sees the cancellation, or whoever cancels sees the state. */
		a_barrier();
		if (self->cancelasync) pthread_testcancel();
	}
	return 0;
}

weak_alias(__pthread_setcancelstate, pthread_setcancelstate);
