package org.javix.vfs;

/** Takes the entries of a directory one by one. */
@FunctionalInterface
public interface DirectoryReader {
    /**
     * Takes one entry.
     *
     * @param ino the inode's number
     * @param next the position after this entry, for {@link OpenFile#seek}
     * @param type the {@code d_type}; see {@link FileMode#directoryType}
     * @param name the name, one char per byte
     * @return false if there is no room: the entry is not taken and comes again at the next call
     */
    boolean entry(long ino, long next, int type, String name);
}
