package org.javix.vfs;

/** Flags of the {@code *at} calls and of {@code renameat2}, with Linux's values. */
public final class AtFlags {
    /** In place of a directory's descriptor: the working directory. */
    public static final int AT_FDCWD = -100;

    /** Use a symbolic link itself. */
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;

    /** {@code faccessat}: test the effective ids, not the real ones. */
    public static final int AT_EACCESS = 0x200;

    /** {@code unlinkat}: remove a directory. */
    public static final int AT_REMOVEDIR = 0x200;

    /** {@code linkat}: follow a symbolic link. */
    public static final int AT_SYMLINK_FOLLOW = 0x400;

    /** An empty path means the file that the descriptor stands for. */
    public static final int AT_EMPTY_PATH = 0x1000;

    /** {@code renameat2}: fail with EEXIST if the new name exists. */
    public static final int RENAME_NOREPLACE = 1;

    /** {@code renameat2}: the two names change places. */
    public static final int RENAME_EXCHANGE = 2;

    /** {@code renameat2}: a whiteout, the character device 0:0, takes the old name. */
    public static final int RENAME_WHITEOUT = 4;

    /** {@code utimensat}: nanoseconds value that means the present time. */
    public static final int UTIME_NOW = 0x3fffffff;

    /** {@code utimensat}: nanoseconds value that leaves a time alone. */
    public static final int UTIME_OMIT = 0x3ffffffe;

    private AtFlags() {}
}
