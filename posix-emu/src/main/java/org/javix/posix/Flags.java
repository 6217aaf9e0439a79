package org.javix.posix;

/** The names of flag bits and constants that calls take, with the generic numbers of Linux. */
final class Flags {
    private Flags() {}

    static final FlagNames OPEN = FlagNames.bits(
                    0100, "O_CREAT",
                    0200, "O_EXCL",
                    0400, "O_NOCTTY",
                    01000, "O_TRUNC",
                    02000, "O_APPEND",
                    04000, "O_NONBLOCK",
                    0100000, "O_LARGEFILE",
                    0400000, "O_NOFOLLOW",
                    02000000, "O_CLOEXEC",
                    010000000, "O_PATH",
                    04010000, "O_SYNC",
                    010000, "O_DSYNC")
            .orValues(020200000, 020200000, "O_TMPFILE", 0200000, "O_DIRECTORY")
            .orValues(3, 0, "O_RDONLY", 1, "O_WRONLY", 2, "O_RDWR");

    static final FlagNames AT = FlagNames.bits(
            0x100, "AT_SYMLINK_NOFOLLOW",
            0x200, "AT_REMOVEDIR",
            0x400, "AT_SYMLINK_FOLLOW",
            0x1000, "AT_EMPTY_PATH");

    /** As {@link #AT}, for the calls where 0x200 means something else. */
    static final FlagNames AT_ACCESS = FlagNames.bits(0x100, "AT_SYMLINK_NOFOLLOW", 0x200, "AT_EACCESS");

    static final FlagNames ACCESS = FlagNames.bits(4, "R_OK", 2, "W_OK", 1, "X_OK").orValues(-1, 0, "F_OK");

    static final FlagNames RENAME =
            FlagNames.bits(1, "RENAME_NOREPLACE", 2, "RENAME_EXCHANGE", 4, "RENAME_WHITEOUT");

    static final FlagNames SEEK =
            FlagNames.values(0, "SEEK_SET", 1, "SEEK_CUR", 2, "SEEK_END", 3, "SEEK_DATA", 4, "SEEK_HOLE");

    static final FlagNames FCNTL = FlagNames.values(
            0, "F_DUPFD",
            1, "F_GETFD",
            2, "F_SETFD",
            3, "F_GETFL",
            4, "F_SETFL",
            5, "F_GETLK",
            6, "F_SETLK",
            7, "F_SETLKW",
            8, "F_SETOWN",
            9, "F_GETOWN",
            10, "F_SETSIG",
            11, "F_GETSIG",
            15, "F_SETOWN_EX",
            16, "F_GETOWN_EX",
            36, "F_OFD_GETLK",
            37, "F_OFD_SETLK",
            38, "F_OFD_SETLKW",
            1024, "F_SETLEASE",
            1025, "F_GETLEASE",
            1026, "F_NOTIFY",
            1030, "F_DUPFD_CLOEXEC",
            1031, "F_SETPIPE_SZ",
            1032, "F_GETPIPE_SZ");

    static final FlagNames FLOCK = FlagNames.bits(4, "LOCK_NB", 1, "LOCK_SH", 2, "LOCK_EX", 8, "LOCK_UN");

    static final FlagNames IOCTL = FlagNames.values(
            0x5401, "TCGETS",
            0x5402, "TCSETS",
            0x5403, "TCSETSW",
            0x5404, "TCSETSF",
            0x5409, "TCSBRK",
            0x540a, "TCXONC",
            0x540b, "TCFLSH",
            0x540e, "TIOCSCTTY",
            0x540f, "TIOCGPGRP",
            0x5410, "TIOCSPGRP",
            0x5411, "TIOCOUTQ",
            0x5413, "TIOCGWINSZ",
            0x5414, "TIOCSWINSZ",
            0x541b, "FIONREAD",
            0x5421, "FIONBIO",
            0x5422, "TIOCNOTTY",
            0x5429, "TIOCGSID",
            0x5450, "FIONCLEX",
            0x5451, "FIOCLEX",
            0x80045430, "TIOCGPTN",
            0x40045431, "TIOCSPTLCK",
            0x540c, "TIOCEXCL",
            0x540d, "TIOCNXCL",
            0x5420, "TIOCPKT",
            0x5441, "TIOCGPTPEER");

    static final FlagNames PROT = FlagNames.bits(1, "PROT_READ", 2, "PROT_WRITE", 4, "PROT_EXEC")
            .orValues(-1, 0, "PROT_NONE");

    static final FlagNames MAP = FlagNames.bits(
                    0x10, "MAP_FIXED",
                    0x20, "MAP_ANONYMOUS",
                    0x4000, "MAP_NORESERVE",
                    0x8000, "MAP_POPULATE",
                    0x20000, "MAP_STACK",
                    0x100000, "MAP_FIXED_NOREPLACE")
            .orValues(3, 1, "MAP_SHARED", 2, "MAP_PRIVATE", 3, "MAP_SHARED_VALIDATE");

    static final FlagNames MREMAP = FlagNames.bits(1, "MREMAP_MAYMOVE", 2, "MREMAP_FIXED", 4, "MREMAP_DONTUNMAP");

    static final FlagNames MADVISE = FlagNames.values(
            0, "MADV_NORMAL",
            1, "MADV_RANDOM",
            2, "MADV_SEQUENTIAL",
            3, "MADV_WILLNEED",
            4, "MADV_DONTNEED",
            8, "MADV_FREE",
            9, "MADV_REMOVE",
            10, "MADV_DONTFORK",
            11, "MADV_DOFORK",
            12, "MADV_MERGEABLE",
            13, "MADV_UNMERGEABLE",
            14, "MADV_HUGEPAGE",
            15, "MADV_NOHUGEPAGE",
            16, "MADV_DONTDUMP",
            17, "MADV_DODUMP",
            18, "MADV_WIPEONFORK",
            19, "MADV_KEEPONFORK",
            20, "MADV_COLD",
            21, "MADV_PAGEOUT",
            22, "MADV_POPULATE_READ",
            23, "MADV_POPULATE_WRITE",
            24, "MADV_DONTNEED_LOCKED",
            25, "MADV_COLLAPSE");

    static final FlagNames WAIT = FlagNames.bits(
            1, "WNOHANG", 2, "WUNTRACED", 4, "WEXITED", 8, "WCONTINUED", 0x1000000, "WNOWAIT");

    static final FlagNames SIGNAL_HOW = FlagNames.values(0, "SIG_BLOCK", 1, "SIG_UNBLOCK", 2, "SIG_SETMASK");

    static final FlagNames CLOCK = FlagNames.values(
            0, "CLOCK_REALTIME",
            1, "CLOCK_MONOTONIC",
            2, "CLOCK_PROCESS_CPUTIME_ID",
            3, "CLOCK_THREAD_CPUTIME_ID",
            4, "CLOCK_MONOTONIC_RAW",
            5, "CLOCK_REALTIME_COARSE",
            6, "CLOCK_MONOTONIC_COARSE",
            7, "CLOCK_BOOTTIME");

    static final FlagNames TIMER = FlagNames.bits(1, "TIMER_ABSTIME");

    static final FlagNames ITIMER = FlagNames.values(0, "ITIMER_REAL", 1, "ITIMER_VIRTUAL", 2, "ITIMER_PROF");

    static final FlagNames RLIMIT = FlagNames.values(
            0, "RLIMIT_CPU",
            1, "RLIMIT_FSIZE",
            2, "RLIMIT_DATA",
            3, "RLIMIT_STACK",
            4, "RLIMIT_CORE",
            5, "RLIMIT_RSS",
            6, "RLIMIT_NPROC",
            7, "RLIMIT_NOFILE",
            8, "RLIMIT_MEMLOCK",
            9, "RLIMIT_AS",
            10, "RLIMIT_LOCKS",
            11, "RLIMIT_SIGPENDING",
            12, "RLIMIT_MSGQUEUE",
            13, "RLIMIT_NICE",
            14, "RLIMIT_RTPRIO",
            15, "RLIMIT_RTTIME");

    static final FlagNames RUSAGE = FlagNames.values(0, "RUSAGE_SELF", -1, "RUSAGE_CHILDREN", 1, "RUSAGE_THREAD");

    static final FlagNames GRND = FlagNames.bits(1, "GRND_NONBLOCK", 2, "GRND_RANDOM");

    static final FlagNames SPLICE =
            FlagNames.bits(1, "SPLICE_F_MOVE", 2, "SPLICE_F_NONBLOCK", 4, "SPLICE_F_MORE", 8, "SPLICE_F_GIFT");

    static final FlagNames FALLOCATE = FlagNames.bits(
            1, "FALLOC_FL_KEEP_SIZE",
            2, "FALLOC_FL_PUNCH_HOLE",
            8, "FALLOC_FL_COLLAPSE_RANGE",
            16, "FALLOC_FL_ZERO_RANGE",
            32, "FALLOC_FL_INSERT_RANGE");

    static final FlagNames RWF =
            FlagNames.bits(1, "RWF_HIPRI", 2, "RWF_DSYNC", 4, "RWF_SYNC", 8, "RWF_NOWAIT", 16, "RWF_APPEND");

    static final FlagNames MOUNT = FlagNames.bits(
            1, "MS_RDONLY", 2, "MS_NOSUID", 4, "MS_NODEV", 8, "MS_NOEXEC", 16, "MS_SYNCHRONOUS", 32, "MS_REMOUNT",
            1024, "MS_NOATIME", 2048, "MS_NODIRATIME", 4096, "MS_BIND", 8192, "MS_MOVE", 16384, "MS_REC",
            32768, "MS_SILENT", 1 << 17, "MS_UNBINDABLE", 1 << 18, "MS_PRIVATE", 1 << 19, "MS_SLAVE",
            1 << 20, "MS_SHARED", 1 << 21, "MS_RELATIME", 1 << 24, "MS_STRICTATIME");
    static final FlagNames UMOUNT =
            FlagNames.bits(1, "MNT_FORCE", 2, "MNT_DETACH", 4, "MNT_EXPIRE", 8, "UMOUNT_NOFOLLOW");

    static final FlagNames FUTEX = FlagNames.bits(128, "FUTEX_PRIVATE_FLAG", 256, "FUTEX_CLOCK_REALTIME")
            .orValues(
                    0x7f,
                    0, "FUTEX_WAIT",
                    1, "FUTEX_WAKE",
                    3, "FUTEX_REQUEUE",
                    4, "FUTEX_CMP_REQUEUE",
                    5, "FUTEX_WAKE_OP",
                    6, "FUTEX_LOCK_PI",
                    7, "FUTEX_UNLOCK_PI",
                    8, "FUTEX_TRYLOCK_PI",
                    9, "FUTEX_WAIT_BITSET",
                    10, "FUTEX_WAKE_BITSET",
                    13, "FUTEX_LOCK_PI2");

    static final FlagNames MEMBARRIER = FlagNames.values(
            0, "MEMBARRIER_CMD_QUERY",
            1, "MEMBARRIER_CMD_GLOBAL",
            8, "MEMBARRIER_CMD_PRIVATE_EXPEDITED",
            16, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED");

    static final FlagNames EPOLL_CTL =
            FlagNames.values(1, "EPOLL_CTL_ADD", 2, "EPOLL_CTL_DEL", 3, "EPOLL_CTL_MOD");

    static final FlagNames MSG = FlagNames.bits(
            1, "MSG_OOB", 2, "MSG_PEEK", 4, "MSG_DONTROUTE", 8, "MSG_CTRUNC", 0x20, "MSG_TRUNC", 0x40, "MSG_DONTWAIT",
            0x80, "MSG_EOR", 0x100, "MSG_WAITALL", 0x2000, "MSG_ERRQUEUE", 0x4000, "MSG_NOSIGNAL", 0x8000, "MSG_MORE",
            0x10000, "MSG_WAITFORONE", 0x40000000, "MSG_CMSG_CLOEXEC");

    static final FlagNames ANY = FlagNames.bits();
}
