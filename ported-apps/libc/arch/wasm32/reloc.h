#define LDSO_ARCH "wasm32"

/* Nothing is linked at run time. */
#define CRTJMP(pc, sp) __builtin_trap()
