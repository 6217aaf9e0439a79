package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/**
 * A Java stream as an open file: what both directions have in common. It looks like a pipe that has no
 * size, no position and no times, or like a terminal where its owner says that it leads to one.
 */
abstract class StreamFile extends OpenFile {
    /** Linux's {@code TCGETS}, by which a libc finds out whether it has a terminal. */
    private static final int TCGETS = 0x5401;

    private final boolean terminal;

    StreamFile(int flags, boolean terminal) {
        super(flags);
        this.terminal = terminal;
    }

    @Override
    public final int stat(Stat out) {
        out.clear();
        out.mode = (terminal ? FileMode.S_IFCHR : FileMode.S_IFIFO) | 0600;
        out.nlink = 1;
        out.blksize = 4096;
        return 0;
    }

    /** Answers whether it is a terminal and nothing else: the host's settings are not the guest's. */
    @Override
    public final int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        return terminal && request == TCGETS ? 0 : super.ioctl(waiter, request, memory, argument);
    }

    @Override
    public final String path() {
        return terminal ? "/dev/tty" : "pipe:[host]";
    }
}
