package org.javix.vfs;

/**
 * Flags of {@code open} and of {@code fcntl(F_GETFL)}, with Linux's generic values (those of musl's
 * {@code asm-generic}).
 */
public final class OpenFlags {
    /** Read only. */
    public static final int O_RDONLY = 0;

    /** Write only. */
    public static final int O_WRONLY = 1;

    /** Read and write. */
    public static final int O_RDWR = 2;

    /** The bits that hold one of the three above. */
    public static final int O_ACCMODE = 3;

    /** Make the file if it is missing. */
    public static final int O_CREAT = 0100;

    /** With {@link #O_CREAT}: fail with EEXIST if there is such a name. */
    public static final int O_EXCL = 0200;

    /** A terminal does not become the controlling one. */
    public static final int O_NOCTTY = 0400;

    /** Set the length to 0. */
    public static final int O_TRUNC = 01000;

    /** Every write goes to the end. */
    public static final int O_APPEND = 02000;

    /** Never wait. */
    public static final int O_NONBLOCK = 04000;

    /** Writes wait until data are stored. */
    public static final int O_DSYNC = 010000;

    /** Signal-driven input and output. */
    public static final int O_ASYNC = 020000;

    /** No caching; accepted and ignored. */
    public static final int O_DIRECT = 040000;

    /** Files beyond 2 GiB; always so. */
    public static final int O_LARGEFILE = 0100000;

    /** Fail with ENOTDIR unless it is a directory. */
    public static final int O_DIRECTORY = 0200000;

    /** Fail with ELOOP if the last component is a symbolic link. */
    public static final int O_NOFOLLOW = 0400000;

    /** Reading leaves the access time alone. */
    public static final int O_NOATIME = 01000000;

    /** The descriptor closes on exec. */
    public static final int O_CLOEXEC = 02000000;

    /** Writes wait until data and attributes are stored. */
    public static final int O_SYNC = 04010000;

    /** Names a place in the tree only: no reading, no writing. */
    public static final int O_PATH = 010000000;

    /** A regular file without a name, in the given directory. */
    public static final int O_TMPFILE = 020200000;

    /** The flags that {@code F_SETFL} can change of any file; {@link #O_ASYNC} only where somebody can be told. */
    public static final int STATUS = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;

    /** All flags there are. */
    public static final int KNOWN = O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_DSYNC | O_ASYNC
            | O_DIRECT | O_LARGEFILE | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_SYNC | O_PATH | O_TMPFILE;

    private OpenFlags() {}

    /** Whether an open mode allows reading. */
    public static boolean reads(int flags) {
        return (flags & O_PATH) == 0 && (flags + 1 & 1) != 0;
    }

    /** Whether an open mode allows writing. */
    public static boolean writes(int flags) {
        return (flags & O_PATH) == 0 && (flags + 1 & 2) != 0;
    }

    /** Whether it is the open mode 3, which asks for the rights to read and write and allows neither: for control alone. */
    static boolean controls(int flags) {
        return (flags & (O_PATH | O_ACCMODE)) == O_ACCMODE;
    }
}
