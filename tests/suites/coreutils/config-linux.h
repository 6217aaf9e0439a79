/* What only Debian's own build has. */
#define HAVE_SELINUX_SELINUX_H 1
#define USE_ACL 1
#define USE_XATTR 1
