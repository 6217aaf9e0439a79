package org.javix.process;

import java.util.List;

/**
 * What {@code /proc} shows of a program's memory and environment. The object that an embedder attaches to a process
 * ({@link Process#setGuest}) may implement it. Called by any thread, at any time.
 */
public interface ProcessImage {
    /**
     * A range of the address space.
     *
     * @param start its first address
     * @param end the address behind it
     * @param permissions as in {@code /proc/PID/maps}, such as {@code "rw-p"}
     * @param offset where in its file the range starts; 0 without one
     * @param device the device that its file is on; 0 without one
     * @param inode its file's number; 0 without one
     * @param name a path or a word in brackets; empty for none
     */
    record Area(long start, long end, String permissions, long offset, long device, long inode, String name) {}

    /** The size of the address space in bytes. */
    long virtualBytes();

    /** How much of it has storage, in bytes. */
    long residentBytes();

    /** How much of it is locked, in bytes. */
    long lockedBytes();

    /** The ranges, by address. */
    List<Area> areas();

    /**
     * The arguments as they are in the program's memory now, each with a zero behind it, or the title that it has written
     * over them; null if it has none there.
     */
    byte[] commandLine();

    /** The environment that the program was started with: {@code NAME=value}. */
    List<String> environment();
}
