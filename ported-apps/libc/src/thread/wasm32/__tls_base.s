# In a program without threads, thread-local variables lie at fixed addresses, which the compiler adds to this base. The
# linker's own would be where they begin, and they would be counted twice.

	.globaltype	__tls_base, i32
	.globl	__tls_base
__tls_base:
