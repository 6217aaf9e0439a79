package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/** The bytes of a file, readable by many at once. */
interface Content {
    /** Reads: bytes read, 0 at the end, or a negative errno. */
    long read(MemorySegment buffer, long at, long length, long position);

    /** See {@link Inode#contentIdentity}. */
    Object contentIdentity();
}
