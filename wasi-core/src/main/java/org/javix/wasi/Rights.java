package org.javix.wasi;

/**
 * What a descriptor may be used for: WASI's {@code rights}, one bit each.
 *
 * <p>WASI deprecates them, yet libcs still read them: {@code open} asks for those that its flags need,
 * and {@code isatty} takes a character device that cannot seek for a terminal. So they are kept exactly
 * as the specification has them, and a call that lacks one fails: see {@link Guest#refusal}.
 */
final class Rights {
    static final long FD_DATASYNC = 1 << 0;
    static final long FD_READ = 1 << 1;
    static final long FD_SEEK = 1 << 2;
    static final long FD_FDSTAT_SET_FLAGS = 1 << 3;
    static final long FD_SYNC = 1 << 4;
    static final long FD_TELL = 1 << 5;
    static final long FD_WRITE = 1 << 6;
    static final long FD_ADVISE = 1 << 7;
    static final long FD_ALLOCATE = 1 << 8;
    static final long PATH_CREATE_DIRECTORY = 1 << 9;
    static final long PATH_CREATE_FILE = 1 << 10;
    static final long PATH_LINK_SOURCE = 1 << 11;
    static final long PATH_LINK_TARGET = 1 << 12;
    static final long PATH_OPEN = 1 << 13;
    static final long FD_READDIR = 1 << 14;
    static final long PATH_READLINK = 1 << 15;
    static final long PATH_RENAME_SOURCE = 1 << 16;
    static final long PATH_RENAME_TARGET = 1 << 17;
    static final long PATH_FILESTAT_GET = 1 << 18;
    static final long PATH_FILESTAT_SET_SIZE = 1 << 19;
    static final long PATH_FILESTAT_SET_TIMES = 1 << 20;
    static final long FD_FILESTAT_GET = 1 << 21;
    static final long FD_FILESTAT_SET_SIZE = 1 << 22;
    static final long FD_FILESTAT_SET_TIMES = 1 << 23;
    static final long PATH_SYMLINK = 1 << 24;
    static final long PATH_REMOVE_DIRECTORY = 1 << 25;
    static final long PATH_UNLINK_FILE = 1 << 26;
    static final long POLL_FD_READWRITE = 1 << 27;
    static final long SOCK_SHUTDOWN = 1 << 28;
    static final long SOCK_ACCEPT = 1 << 29;

    /** Every right there is. */
    static final long ALL = (1L << 30) - 1;

    /** Rights that mean the file is opened for reading. */
    static final long READING = FD_READ | FD_READDIR;

    /** Rights that mean the file is opened for writing. */
    static final long WRITING = FD_DATASYNC | FD_WRITE | FD_ALLOCATE | FD_FILESTAT_SET_SIZE;

    private static final long ANY_FILE = FD_FDSTAT_SET_FLAGS | FD_FILESTAT_GET | POLL_FD_READWRITE;

    private static final long STREAM = ANY_FILE | FD_READ | FD_WRITE;

    private static final long REGULAR = STREAM
            | FD_DATASYNC
            | FD_SEEK
            | FD_SYNC
            | FD_TELL
            | FD_ADVISE
            | FD_ALLOCATE
            | FD_FILESTAT_SET_SIZE
            | FD_FILESTAT_SET_TIMES;

    private static final long DIRECTORY = FD_FDSTAT_SET_FLAGS
            | FD_SYNC
            | FD_ADVISE
            | FD_READDIR
            | FD_FILESTAT_GET
            | FD_FILESTAT_SET_TIMES
            | PATH_CREATE_DIRECTORY
            | PATH_CREATE_FILE
            | PATH_LINK_SOURCE
            | PATH_LINK_TARGET
            | PATH_OPEN
            | PATH_READLINK
            | PATH_RENAME_SOURCE
            | PATH_RENAME_TARGET
            | PATH_FILESTAT_GET
            | PATH_FILESTAT_SET_SIZE
            | PATH_FILESTAT_SET_TIMES
            | PATH_SYMLINK
            | PATH_REMOVE_DIRECTORY
            | PATH_UNLINK_FILE
            | POLL_FD_READWRITE;

    private Rights() {}

    /**
     * What {@code path_open} gives who asks for these rights. Only reading and writing have to be asked for:
     * programs ask for little more, and expect to seek, to look at attributes and to poll all the same.
     */
    static long granted(long asked) {
        long changing = FD_ALLOCATE | FD_FILESTAT_SET_SIZE;
        long granted = asked | ~(FD_READ | FD_WRITE | changing);
        return (asked & FD_WRITE) != 0 ? granted | changing : granted;
    }

    /** The rights that make sense for a file. */
    static long of(FileType type) {
        return switch (type) {
            case REGULAR_FILE, BLOCK_DEVICE, CHARACTER_DEVICE -> REGULAR;
            case DIRECTORY -> DIRECTORY;
            // A libc takes a character device without FD_SEEK and FD_TELL for a terminal.
            case TERMINAL -> STREAM | FD_SYNC | FD_DATASYNC | FD_FILESTAT_SET_TIMES;
            case SOCKET_DGRAM, SOCKET_STREAM -> STREAM | SOCK_SHUTDOWN | SOCK_ACCEPT;
            case FIFO, SYMBOLIC_LINK, UNKNOWN -> STREAM;
        };
    }

    /** The rights that files opened through a descriptor of this type may have. */
    static long inheriting(FileType type) {
        return type == FileType.DIRECTORY ? ALL : 0;
    }
}
