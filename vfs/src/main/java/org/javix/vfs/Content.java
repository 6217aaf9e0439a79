package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/** The bytes of a file, readable by many at once. */
interface Content {
    /** Reads: bytes read, 0 at the end, or a negative errno. */
    long read(MemorySegment buffer, long at, long length, long position);

    /**
     * The next data or hole at or after a position within it. What does not know its holes has none.
     *
     * @return the position; past the end if there is no hole; -ENXIO if there are no data
     */
    default long seek(long position, boolean data) {
        return data ? position : Long.MAX_VALUE;
    }

    /** See {@link Inode#contentIdentity}. */
    Object contentIdentity();
}
