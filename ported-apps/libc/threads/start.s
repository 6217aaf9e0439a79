# A thread's instance is a copy of its creator's: the stack pointer and the base of the thread-local variables are
# set before anything uses them.

	.globaltype	__stack_pointer, i32
	.globaltype	__tls_base, i32
	.functype	__javix_thread_run (i32, i32) -> ()
	.functype	__wasm_init_tls (i32) -> ()

	.section	.text.__javix_thread_start,"",@
	.globl	__javix_thread_start
	.type	__javix_thread_start,@function
	.export_name	__javix_thread_start, __javix_thread_start
__javix_thread_start:
	.functype	__javix_thread_start (i32, i32, i32, i32) -> ()
	local.get	2
	global.set	__stack_pointer
	local.get	3
	global.set	__tls_base
	local.get	0
	local.get	1
	call	__javix_thread_run
	end_function

# The linker's __wasm_init_tls also makes the block the caller's own, which is taken back. No handler can
# run in between.

	.section	.text.__javix_fill_tls,"",@
	.globl	__javix_fill_tls
	.hidden	__javix_fill_tls
	.type	__javix_fill_tls,@function
__javix_fill_tls:
	.functype	__javix_fill_tls (i32) -> ()
	.local	i32
	global.get	__tls_base
	local.set	1
	local.get	0
	call	__wasm_init_tls
	local.get	1
	global.set	__tls_base
	end_function
