/* In place of the C library's own: the compiler turns calls of setjmp itself into Wasm exception
 * handling, so everything that saves a context must be setjmp under another name, not a function. */
#ifndef _SETJMP_H
#define _SETJMP_H

#ifdef __cplusplus
extern "C" {
#endif

#include <features.h>
#include <bits/setjmp.h>

typedef struct __jmp_buf_tag {
	__jmp_buf __jb;
	unsigned long __fl;
	unsigned long __ss[2];
} jmp_buf[1];

int setjmp(jmp_buf) __attribute__((__returns_twice__));
_Noreturn void longjmp(jmp_buf, int);

/* The compiler lets only calls jump back here, and not what faults, nor a handler that runs between two
 * instructions. Where they jump from, the host takes it for a jump from the last such point of the function. */
__attribute__((__import_module__("posix_signal"), __import_name__("jump_point"))) int __javix_jump_point(void);

static __inline__ __attribute__((__always_inline__)) int __javix_jump_arrives(int result)
{
	__javix_jump_point();
	return result;
}

#define setjmp(buf) __javix_jump_arrives(setjmp(buf))

#if defined(_POSIX_SOURCE) || defined(_POSIX_C_SOURCE) \
 || defined(_XOPEN_SOURCE) || defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
typedef jmp_buf sigjmp_buf;
void __javix_save_mask(sigjmp_buf, int);
_Noreturn void siglongjmp(sigjmp_buf, int);
#define sigsetjmp(buf, save) (__javix_save_mask(buf, save), setjmp(buf))
#endif

#if defined(_XOPEN_SOURCE) || defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define _setjmp(buf) setjmp(buf)
#define _longjmp(buf, result) longjmp(buf, result)
#endif

#ifdef __cplusplus
}
#endif

#endif
