/* longjmp is __wasm_longjmp, in setjmp.c. */
