package org.javix.vfs;

/**
 * What {@code chattr} sets: attributes of a file that bind everybody, the superuser too.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/FS_IOC_SETFLAGS.2const.html">FS_IOC_SETFLAGS(2const)</a>
 */
public final class InodeFlags {
    /** Neither the file nor its attributes and names can be changed. */
    public static final int IMMUTABLE = 0x10;

    /** A file can only be appended to, and a directory only be added to; names and attributes cannot be changed. */
    public static final int APPEND = 0x20;

    /** For backups; without effect. */
    public static final int NO_DUMP = 0x40;

    /** Reading does not set the time of access. */
    public static final int NO_ACCESS_TIME = 0x80;

    /** All that can be set. */
    public static final int ALL = IMMUTABLE | APPEND | NO_DUMP | NO_ACCESS_TIME;

    /** Those that only the superuser may set and take away. */
    public static final int PRIVILEGED = IMMUTABLE | APPEND;

    private InodeFlags() {}

    /** Whether a file can be neither removed nor given other attributes. */
    static boolean isFixed(Inode inode) {
        return (inode.flags() & PRIVILEGED) != 0;
    }

    static boolean isImmutable(Inode inode) {
        return (inode.flags() & IMMUTABLE) != 0;
    }

    static boolean isAppendOnly(Inode inode) {
        return (inode.flags() & APPEND) != 0;
    }
}
