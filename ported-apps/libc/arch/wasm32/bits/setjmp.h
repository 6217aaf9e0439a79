/* [0] identifies the call of the function that called setjmp, [1] which setjmp in it; [2] and [3] are
 * the value thrown by longjmp: the address of the jmp_buf and setjmp's result. */
typedef unsigned long __jmp_buf[4];
