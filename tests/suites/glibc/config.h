/* What the tests and their support take from glibc's own headers; every compilation includes it first. */
#ifndef GLIBC_SUITE_CONFIG_H
#define GLIBC_SUITE_CONFIG_H

#define _GNU_SOURCE 1
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/cdefs.h>
#include <sys/types.h>
#include <unistd.h>

#define attribute_hidden
#define libc_hidden_proto(name)
#define DSO_FILENAME(name) name
#define TIMEOUTFACTOR 1

/* Where glibc was built and is to be installed; no test that is run here needs it. */
#define SRCDIR_PATH "/nowhere"
#define OBJDIR_PATH "/nowhere"
#define OBJDIR_ELF_LDSO_PATH "/nowhere"
#define INSTDIR_PATH "/nowhere"
#define LIBDIR_PATH "/nowhere"
#define BINDIR_PATH "/usr/bin"
#define SBINDIR_PATH "/usr/sbin"
#define SLIBDIR_PATH "/nowhere"
#define ROOTSBINDIR_PATH "/sbin"
#define COMPLOCALEDIR_PATH "/nowhere"

#endif
