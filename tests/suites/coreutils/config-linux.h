/* What only Debian's own build has. */
#define HAVE_SELINUX_SELINUX_H 1
