package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What was written and the master has not yet read, after output processing. Guarded by the terminal. */
final class TerminalOutput {
    /** Writers wait beyond that; echo does not. */
    static final int LIMIT = 16_384;

    private final Termios settings;
    private byte[] ring = new byte[512];
    private int first;
    private int count;
    private int column;

    TerminalOutput(Termios settings) {
        this.settings = settings;
    }

    int size() {
        return count;
    }

    int column() {
        return column;
    }

    void clear() {
        count = 0;
    }

    /** Adds a byte as a program wrote it. */
    void put(int c) {
        if (!settings.output(Termios.OPOST)) {
            add(c);
            return;
        }
        switch (c) {
            case '\n' -> {
                if (settings.output(Termios.ONLRET)) {
                    column = 0;
                }
                if (settings.output(Termios.ONLCR)) {
                    add('\r');
                    column = 0;
                }
                add('\n');
            }
            case '\r' -> {
                if (settings.output(Termios.ONOCR) && column == 0) {
                    return;
                }
                if (settings.output(Termios.OCRNL)) {
                    add('\n');
                    column = settings.output(Termios.ONLRET) ? 0 : column;
                } else {
                    add('\r');
                    column = 0;
                }
            }
            case '\t' -> {
                int spaces = 8 - (column & 7);
                column += spaces;
                if ((settings.output & Termios.XTABS) == Termios.XTABS) {
                    for (int i = 0; i < spaces; i++) {
                        add(' ');
                    }
                } else {
                    add('\t');
                }
            }
            case '\b' -> {
                column = Math.max(0, column - 1);
                add('\b');
            }
            default -> {
                boolean continuation = settings.input(Termios.IUTF8) && (c & 0xc0) == 0x80;
                if (c >= 32 && c != 127 && !continuation) {
                    column++;
                }
                add(settings.output(Termios.OLCUC) && c >= 'a' && c <= 'z' ? c - 32 : c);
            }
        }
    }

    private void add(int c) {
        if (count == ring.length) {
            byte[] larger = new byte[count * 2];
            copyOut(MemorySegment.ofArray(larger), 0, count);
            ring = larger;
            first = 0;
        }
        ring[first + count++ & ring.length - 1] = (byte) c;
    }

    private void copyOut(MemorySegment buffer, long at, int length) {
        int upToEnd = Math.min(length, ring.length - first);
        MemorySegment.copy(ring, first, buffer, ValueLayout.JAVA_BYTE, at, upToEnd);
        MemorySegment.copy(ring, 0, buffer, ValueLayout.JAVA_BYTE, at + upToEnd, length - upToEnd);
    }

    /** Takes what the master reads. */
    int read(MemorySegment buffer, long at, long length) {
        int taken = (int) Math.min(count, length);
        copyOut(buffer, at, taken);
        first = first + taken & ring.length - 1;
        count -= taken;
        return taken;
    }
}
