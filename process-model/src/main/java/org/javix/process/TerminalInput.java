package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What was typed and not yet read. In canonical mode, what comes after the last end of line is still
 * being edited and cannot be read. Guarded by the terminal.
 */
final class TerminalInput {
    /** How many bytes it holds. */
    static final int CAPACITY = 4096;

    // Marks an entry as the last byte of a line, or as an end of line without a byte.
    private static final int LINE = 0x100;
    private static final int END_OF_FILE = 0x200;

    private final short[] entries = new short[CAPACITY + 1];
    private int first;
    private int count;
    // Entries before this one belong to finished lines.
    private int finished;
    private int lines;

    private int index(int i) {
        return (first + i) % entries.length;
    }

    int size() {
        return count;
    }

    /** Bytes of the line being edited. */
    int editable() {
        return count - finished;
    }

    /** Byte {@code i} of the line being edited. */
    int edited(int i) {
        return entries[index(finished + i)] & 0xff;
    }

    boolean hasLine() {
        return lines > 0;
    }

    /** Adds a byte; false if there is no room. One place is kept for the end of a line. */
    boolean add(int c) {
        if (count >= CAPACITY - 1) {
            return false;
        }
        entries[index(count++)] = (short) c;
        return true;
    }

    /** Ends the line with a byte. */
    void endLine(int c) {
        finish(c | LINE);
    }

    /** Ends the line without a byte: at its start, that is the end of file. */
    void endOfFile() {
        finish(END_OF_FILE);
    }

    private void finish(int entry) {
        if (count < entries.length) {
            entries[index(count++)] = (short) entry;
            lines++;
        }
        finished = count;
    }

    /** Takes back the last byte of the line being edited. */
    int removeLast() {
        return entries[index(--count)] & 0xff;
    }

    void clear() {
        first = 0;
        count = 0;
        finished = 0;
        lines = 0;
    }

    /** Canonical mode begins: what is there is a line. */
    void finishAll() {
        if (count > finished) {
            entries[index(count - 1)] |= LINE;
            lines++;
        }
        finished = count;
    }

    /** Bytes of all finished lines, or of everything. */
    int available(boolean canonical) {
        if (!canonical) {
            return count;
        }
        int bytes = 0;
        for (int i = 0; i < finished; i++) {
            if ((entries[index(i)] & END_OF_FILE) == 0) {
                bytes++;
            }
        }
        return bytes;
    }

    /** Reads at most one line, or in raw mode whatever is there; 0 for an end of file. */
    int read(boolean canonical, MemorySegment buffer, long at, long length) {
        int done = 0;
        while (count > 0) {
            int entry = entries[first];
            boolean mark = (entry & END_OF_FILE) != 0;
            if (done == length && !mark) {
                break;
            }
            first = index(1);
            count--;
            finished = Math.max(0, finished - 1);
            boolean last = (entry & (LINE | END_OF_FILE)) != 0;
            if (last) {
                lines--;
            }
            if (!mark) {
                buffer.set(ValueLayout.JAVA_BYTE, at + done++, (byte) entry);
            }
            if (last && canonical) {
                break;
            }
        }
        return done;
    }
}
