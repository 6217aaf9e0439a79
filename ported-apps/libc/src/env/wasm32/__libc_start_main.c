#include <elf.h>
#include <stdlib.h>
#include <unistd.h>
#include "libc.h"

#define AUX_CNT 38

/* For a main that has to be called in a roundabout way; see __main_argc_argv.c. */
hidden char **__javix_argv;

static void dummy(void *entropy) { }
weak_alias(dummy, __init_ssp);

/* Made by the linker: runs the constructors of all objects. */
void __wasm_call_ctors(void);

void __init_libc(char **envp, char *name)
{
	size_t i, *auxv, aux[AUX_CNT] = { 0 };
	__environ = envp;
	for (i = 0; envp[i]; i++);
	libc.auxv = auxv = (void *)(envp + i + 1);
	for (i = 0; auxv[i]; i += 2) if (auxv[i] < AUX_CNT) aux[auxv[i]] = auxv[i+1];
	__hwcap = aux[AT_HWCAP];
	libc.page_size = PAGE_SIZE;

	if (!name) name = (void *)aux[AT_EXECFN];
	if (!name) name = "";
	__progname = __progname_full = name;
	for (i = 0; name[i]; i++) if (name[i] == '/') __progname = name + i + 1;

	__init_tls(aux);
	__init_ssp((void *)aux[AT_RANDOM]);

	/* Descriptors 0 to 2 need no check here: the host opens them when a set-id program starts. */
	libc.secure = aux[AT_UID] != aux[AT_EUID] || aux[AT_GID] != aux[AT_EGID] || aux[AT_SECURE];
}

void __libc_start_init(void)
{
	__wasm_call_ctors();
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
	void (*init)(void), void (*fini)(void), void (*ldso)(void))
{
	char **envp = argv + argc + 1;
	__javix_argv = argv;
	__init_libc(envp, argv[0]);
	__libc_start_init();
	exit(main(argc, argv, envp));
}
