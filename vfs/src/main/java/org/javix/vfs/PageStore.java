package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/**
 * Where the pages of a file lie that is mapped shared. What was never written reads as zeroes. Positions and lengths
 * are bytes. Any thread may read; one at a time changes what a range holds.
 */
abstract class PageStore {
    /** Stands in a file's {@link Pages} for a page that lies here. */
    static final byte[] HERE = {};

    /** A new one; null where there is no room. */
    static PageStore open() {
        if (MemoryFile.IS_SUPPORTED) {
            return MemoryFile.create();
        }
        return new HeapPages();
    }

    /** Copies bytes out. */
    abstract void read(long position, MemorySegment to, long at, long length);

    /** Copies bytes in; false where there is no room. */
    abstract boolean write(long position, MemorySegment from, long at, long length);

    /** Makes a range zeroes and gives whole pages back. */
    abstract void punch(long from, long to);

    /** See {@link SharedFile#descriptor}. */
    abstract int descriptor();

    /** See {@link SharedFile#page}. */
    abstract MemorySegment page(long index);

    /** Gives everything back: nothing uses it any more. */
    abstract void close();
}
