/* What tests of coreutils look up in its build's configuration; true on Linux and in Javix. */
#define HAVE_GETMNTENT 1
#define HAVE_INOTIFY 1
#define HAVE_LINKAT 1
#define HAVE_LUTIMES 1
#define HAVE_MNTENT_H 1
#define HAVE_OPENAT 1
#define HAVE_PTHREAD_T 1
#define HAVE_SETGROUPS 1
#define HAVE_UTIMENSAT 1
#define LINK_FOLLOWS_SYMLINKS 0
#define USE_ACL 1
#define USE_XATTR 1
