/* Macros that glibc's headers have and musl's do not. */
#ifndef GLIBC_SUITE_CDEFS_H
#define GLIBC_SUITE_CDEFS_H

#define __BEGIN_DECLS
#define __END_DECLS
#define __THROW
#define __THROWNL
#define __nonnull(arguments)
#define __wur
#define __glibc_unlikely(x) __builtin_expect((x), 0)
#define __glibc_likely(x) __builtin_expect((x), 1)
#define __attribute_malloc__
#define __attribute_alloc_size__(arguments)
#define __attribute_alloc_align__(arguments)
#define __attribute_warn_unused_result__
#define __attribute_deprecated__
#define __attribute_maybe_unused__ __attribute__((unused))
#define __attr_dealloc(function, argument)
#define __attr_dealloc_free
#define __attr_dealloc_fclose
#define __returns_nonnull
#define __GNUC_PREREQ(major, minor) 1
#define __glibc_clang_prereq(major, minor) 1
#define __P(arguments) arguments
#define __GLIBC_PREREQ(major, minor) 0
#define TEMP_FAILURE_RETRY(expression) \
	({ long result_; do result_ = (long)(expression); while (result_ == -1 && errno == EINTR); result_; })
#define __REDIRECT(name, parameters, alias) name parameters
#define __time_t time_t
#define __off64_t off_t
#define __off_t off_t
#define __pid_t pid_t
#define sigval_t union sigval
#define M_PERTURB -6
int mallopt(int, int);
typedef int (*__compar_fn_t)(const void *, const void *);
#define __always_inline inline __attribute__((always_inline))
#define __REDIRECT_NTH(name, parameters, alias) name parameters

#endif
