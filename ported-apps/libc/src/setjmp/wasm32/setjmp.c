#include <setjmp.h>
#include <stdint.h>

/* The run-time half of the compiler's setjmp (-wasm-enable-sjlj). A function that calls setjmp runs its
 * other calls inside a handler for the tag of longjmp. What is thrown is the address of two words:
 * the jmp_buf and the result. */

enum { FUNCTION, LABEL, THROWN_BUF, THROWN_RESULT };

/* Remembers in BUF which setjmp it was: LABEL (from 1 on) in the call FUNCTION of its function. */
void __wasm_setjmp(unsigned long *buf, uint32_t label, void *function)
{
	buf[FUNCTION] = (unsigned long)function;
	buf[LABEL] = label;
}

/* Whether BUF was set in the call FUNCTION: the label of the setjmp, or 0 to throw on. */
uint32_t __wasm_setjmp_test(unsigned long *buf, void *function)
{
	return buf[FUNCTION] == (unsigned long)function ? buf[LABEL] : 0;
}

_Noreturn void __wasm_longjmp(unsigned long *buf, int result)
{
	buf[THROWN_BUF] = (unsigned long)buf;
	buf[THROWN_RESULT] = result ? result : 1;
	__builtin_wasm_throw(1, buf + THROWN_BUF);
	__builtin_unreachable();
}
