/* What gnulib's configure script would find and its tests read, where no function is replaced by gnulib's own. */
#ifndef GNULIB_CONFIG_H
#define GNULIB_CONFIG_H

#define _GNU_SOURCE 1
#include <stdbool.h>
/* gnulib's own headers include these, and some tests rely on it. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HAVE_DECL_ALARM 1
#define HAVE_SETLOCALE 1
#define HAVE_GETEUID 1
#define HAVE_GETEGID 1
#define HAVE_GETUID 1
#define HAVE_GETGID 1
#define HAVE_GETRESUID 1
#define HAVE_GETRESGID 1
#define HAVE_FDOPENDIR 1
#define HAVE_GETRLIMIT 1
#define HAVE_SETRLIMIT 1
#define HAVE_MAP_ANONYMOUS 1
#define HAVE_MPROTECT 1
#define HAVE_NET_IF_H 1
#define HAVE_IF_NAMEINDEX 1
#define HAVE_SEMAPHORE_H 1
#define HAVE_TM_GMTOFF 1
#define HAVE_ICONV 1
#define HAVE_WCHAR_T 1
#define HAVE_MONETARY_H 1
#define HAVE_NL_LANGINFO_L 1
#define HAVE_GOOD_USELOCALE 1
#define HAVE_WORKING_USELOCALE 1
#define HAVE_SYMLINK 1
#define O_BINARY 0
#define O_TEXT 0
#define PROMOTED_MODE_T mode_t
#define SRCDIR "./"
#define BOURNE_SHELL "/bin/sh"
#define EXEEXT ".test"
#define USE_POSIX_THREADS 1

/* Attributes, which say nothing of the functions. */
#define _GL_ATTRIBUTE_COLD
#define _GL_ATTRIBUTE_CONST
#define _GL_ATTRIBUTE_DEALLOC(function, argument)
#define _GL_ATTRIBUTE_DEALLOC_FREE
#define _GL_ATTRIBUTE_FORMAT(format)
#define _GL_ATTRIBUTE_MALLOC
#define _GL_ATTRIBUTE_MAYBE_UNUSED __attribute__((unused))
#define _GL_ATTRIBUTE_NODISCARD
#define _GL_ATTRIBUTE_NONNULL(arguments)
#define _GL_ATTRIBUTE_NOTHROW
#define _GL_ATTRIBUTE_PURE
#define _GL_ATTRIBUTE_RETURNS_NONNULL
#define _GL_UNUSED __attribute__((unused))
#define MAYBE_UNUSED __attribute__((unused))
#define _GL_UNNAMED

/* Inline functions of gnulib's headers. */
#define _GL_INLINE static inline
#define _GL_EXTERN_INLINE static inline
#define _GL_INLINE_HEADER_BEGIN
#define _GL_INLINE_HEADER_END
#define _GL_CMP(a, b) (((a) > (b)) - ((a) < (b)))

/* What the system has by these names; gnulib starts and ends nothing on Unix. */
#define HAVE_ISNANF_IN_LIBC 1
#define HAVE_ISNAND_IN_LIBC 1
#define HAVE_ISNANL_IN_LIBC 1
#define gl_sockets_startup(version) 0
#define gl_sockets_cleanup() 0

#endif
