package org.javix.vfs;

/** File types and permission bits, as in {@code st_mode}. */
public final class FileMode {
    /** The bits of the type. */
    public static final int S_IFMT = 0170000;

    /** Socket. */
    public static final int S_IFSOCK = 0140000;

    /** Symbolic link. */
    public static final int S_IFLNK = 0120000;

    /** Regular file. */
    public static final int S_IFREG = 0100000;

    /** Block device. */
    public static final int S_IFBLK = 0060000;

    /** Directory. */
    public static final int S_IFDIR = 0040000;

    /** Character device. */
    public static final int S_IFCHR = 0020000;

    /** FIFO or pipe. */
    public static final int S_IFIFO = 0010000;

    /** Set user id on execution. */
    public static final int S_ISUID = 04000;

    /** Set group id on execution; on a directory, files in it get its group. */
    public static final int S_ISGID = 02000;

    /** On a directory: only the owner of a file may remove it. */
    public static final int S_ISVTX = 01000;

    /** All bits that {@code chmod} can set. */
    public static final int PERMISSIONS = 07777;

    /** Permission to read, as {@code access} and {@link Permissions} take it. */
    public static final int READ = 4;

    /** Permission to write. */
    public static final int WRITE = 2;

    /** Permission to execute a file or to search a directory. */
    public static final int EXECUTE = 1;

    private FileMode() {}

    /** The type alone, such as {@link #S_IFREG}. */
    public static int type(int mode) {
        return mode & S_IFMT;
    }

    /** Whether the mode is a directory's. */
    public static boolean isDirectory(int mode) {
        return (mode & S_IFMT) == S_IFDIR;
    }

    /** Whether the mode is a regular file's. */
    public static boolean isRegular(int mode) {
        return (mode & S_IFMT) == S_IFREG;
    }

    /** Whether the mode is a symbolic link's. */
    public static boolean isSymbolicLink(int mode) {
        return (mode & S_IFMT) == S_IFLNK;
    }

    /** The {@code d_type} of a directory entry for a mode. */
    public static int directoryType(int mode) {
        return (mode & S_IFMT) >> 12;
    }
}
