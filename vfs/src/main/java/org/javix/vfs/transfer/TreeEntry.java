package org.javix.vfs.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.javix.vfs.Stat;

/**
 * A file on its way from one tree to another.
 *
 * @param path below the top of the tree, one char per byte; empty for the top itself
 * @param stat type, mode, owner, size, times, device
 * @param link the path of an earlier entry that is the same file, or null
 * @param target of a symbolic link, or null
 * @param attributes extended attributes by name
 * @param content of a regular file that is no link; else null
 */
record TreeEntry(
        String path, Stat stat, String link, String target, Map<String, byte[]> attributes, Content content) {

    /** A part of a file that is not a hole. */
    record Range(long offset, long length) {
        long end() {
            return offset + length;
        }
    }

    /** What a regular file holds. */
    interface Content {
        /** The parts that are stored, in order; all others are zeros. */
        List<Range> data();

        /** Reads the stored parts one after the other: the count, or -1 at the end. */
        int read(byte[] buffer, int offset, int length) throws IOException;
    }

    /** Takes the entries of a tree, each directory before what is in it. */
    @FunctionalInterface
    interface Sink {
        /** Takes one; its content can be read only now. */
        void accept(TreeEntry entry) throws IOException;
    }
}
