package org.javix.process;

import java.util.BitSet;
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

    /**
     * What of a range is in memory.
     *
     * @param area the range
     * @param touched the pages of 4 KiB that it holds, counted from its start
     * @param written those of them that were written, or may be as they are
     * @param locked whether they stay in memory
     * @param more what Linux calls flags of the range, besides its permissions: two letters each
     */
    record Held(Area area, BitSet touched, BitSet written, boolean locked, List<String> more) {}

    /** How much of the address space is in ranges, in bytes. */
    long virtualBytes();

    /** The most that has been in ranges at once, in bytes. */
    long peakVirtualBytes();

    /** The most of it that had storage whenever somebody asked, now included; in bytes. */
    long mostResidentBytes();

    /** How much of it is locked, in bytes. */
    long lockedBytes();

    /** The ranges, by address. */
    List<Area> areas();

    /** The same with what of them is in memory. */
    List<Held> held();

    /**
     * The arguments as they are in the program's memory now, each with a zero behind it, or the title that it has written
     * over them; null if it has none there.
     */
    byte[] commandLine();

    /** The environment that the program was started with: {@code NAME=value}. */
    List<String> environment();
}
