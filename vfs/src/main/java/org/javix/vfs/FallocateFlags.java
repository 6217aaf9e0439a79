package org.javix.vfs;

/** What {@code fallocate} is to do, with Linux's values. */
public final class FallocateFlags {
    /** The file's length stays; a bit that goes with others. */
    public static final int KEEP_SIZE = 1;

    /** Make a hole; only with {@link #KEEP_SIZE}. */
    public static final int PUNCH_HOLE = 2;

    /** Take a range out, so that what follows moves up. */
    public static final int COLLAPSE_RANGE = 8;

    /** Make a range read as zeros. */
    public static final int ZERO_RANGE = 0x10;

    /** Put a hole in, so that what follows moves down. */
    public static final int INSERT_RANGE = 0x20;

    /** Make shared blocks private. */
    public static final int UNSHARE_RANGE = 0x40;

    /** Write zeros. */
    public static final int WRITE_ZEROES = 0x80;

    private FallocateFlags() {}
}
