package org.javix.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where a program's arguments lie in its memory, the environment behind them: what it writes there is what
 * {@code /proc/PID/cmdline} shows. Immutable.
 *
 * @param start where the first argument begins
 * @param end where the last one ends
 * @param environmentEnd where the environment ends
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html">proc_pid_cmdline(5)</a>
 */
record CommandLine(long start, long end, long environmentEnd) {
    /** The longest title that a program gives itself. */
    private static final int MOST = AddressSpace.PAGE;

    /**
     * Reads it. Where the last argument no longer ends where it did, the program has written a title over the arguments,
     * and perhaps the environment, which ends with its first zero.
     */
    byte[] read(MemorySegment memory) {
        if (end > memory.byteSize()) {
            return new byte[0];
        }
        if (start == end || memory.get(ValueLayout.JAVA_BYTE, end - 1) == 0) {
            return memory.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
        }
        long last = Math.min(Math.min(environmentEnd, start + MOST), memory.byteSize());
        long at = start;
        while (at < last && memory.get(ValueLayout.JAVA_BYTE, at++) != 0) {
            // Up to the zero, and that as well.
        }
        return memory.asSlice(start, at - start).toArray(ValueLayout.JAVA_BYTE);
    }
}
