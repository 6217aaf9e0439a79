/* As in Debian's C library, a mutex can have any protocol, and one that protects has a ceiling. The ceiling is kept and
 * told; its owner is not raised to it.
 *
 * Both lie in the attributes, which become the mutex's type: musl looks at the bits below 16 and at 128. */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#define INHERITS 8U
#define PROTECTS 16U
#define CEILING_SHIFT 16

/* The priorities of the real-time policies. */
#define LOWEST 1
#define HIGHEST 99

static inline int ceiling_of(unsigned attributes)
{
	int ceiling = attributes >> CEILING_SHIFT;
	return ceiling ? ceiling : LOWEST;
}

static inline unsigned with_ceiling(unsigned attributes, int ceiling)
{
	return (attributes & ((1U << CEILING_SHIFT) - 1)) | (unsigned)ceiling << CEILING_SHIFT;
}

#endif
