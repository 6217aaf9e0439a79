package org.javix.vfs;

/** A name in a directory, as a listing shows it. */
interface DirectoryEntry {
    /** The inode's number. */
    long ino();

    /** The position after this entry. */
    long next();

    /** The {@code d_type}; see {@link FileMode#directoryType}. */
    int type();

    /** The name, one char per byte. */
    String name();
}
