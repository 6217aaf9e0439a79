#include <setjmp.h>
#include <signal.h>

/* What sigsetjmp does besides setjmp. */
void __javix_save_mask(sigjmp_buf buf, int save)
{
	buf->__fl = save;
	if (save) sigprocmask(SIG_SETMASK, 0, (sigset_t *)buf->__ss);
}
