package org.javix.vfs;

/** How {@code openat2} resolves a path, with Linux's values. */
public final class ResolveFlags {
    /** No other mount is entered: EXDEV. */
    public static final int NO_XDEV = 1;

    /** No link that leads straight to an open file is followed: ELOOP. */
    public static final int NO_MAGICLINKS = 2;

    /** No symbolic link is followed: ELOOP. */
    public static final int NO_SYMLINKS = 4;

    /** The path stays beneath the directory it starts from: EXDEV. */
    public static final int BENEATH = 8;

    /** The directory it starts from is the root. */
    public static final int IN_ROOT = 16;

    /** Only what needs no waiting, which is everything here. */
    public static final int CACHED = 32;

    /** All of them. */
    public static final int KNOWN = 63;

    /** Those that keep a path within a directory. */
    static final int SCOPED = BENEATH | IN_ROOT;

    private ResolveFlags() {}
}
