package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A terminal's settings, with Linux's generic values. Guarded by the terminal they belong to.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap11.html">General
 *     Terminal Interface</a>
 */
final class Termios {
    // Indices of the special characters.
    static final int VINTR = 0;
    static final int VQUIT = 1;
    static final int VERASE = 2;
    static final int VKILL = 3;
    static final int VEOF = 4;
    static final int VTIME = 5;
    static final int VMIN = 6;
    static final int VSTART = 8;
    static final int VSTOP = 9;
    static final int VSUSP = 10;
    static final int VEOL = 11;
    static final int VREPRINT = 12;
    static final int VWERASE = 14;
    static final int VLNEXT = 15;
    static final int VEOL2 = 16;

    // Input flags.
    static final int PARMRK = 0010;
    static final int ISTRIP = 0040;
    static final int INLCR = 0100;
    static final int IGNCR = 0200;
    static final int ICRNL = 0400;
    static final int IUCLC = 01000;
    static final int IXON = 02000;
    static final int IXANY = 04000;
    static final int IMAXBEL = 020000;
    static final int IUTF8 = 040000;

    // Output flags.
    static final int OPOST = 01;
    static final int OLCUC = 02;
    static final int ONLCR = 04;
    static final int OCRNL = 010;
    static final int ONOCR = 020;
    static final int ONLRET = 040;
    static final int XTABS = 014000;

    // Local flags.
    static final int ISIG = 01;
    static final int ICANON = 02;
    static final int ECHO = 010;
    static final int ECHOE = 020;
    static final int ECHOK = 040;
    static final int ECHONL = 0100;
    static final int NOFLSH = 0200;
    static final int TOSTOP = 0400;
    static final int ECHOCTL = 01000;
    static final int ECHOPRT = 02000;
    static final int ECHOKE = 04000;
    static final int IEXTEN = 0100000;

    // Control flags.
    static final int CSIZE = 060;
    static final int CREAD = 0200;
    static final int PARENB = 0400;
    static final int CLOCAL = 04000;

    private static final int CS8 = 060;

    // 38,400 baud, 8 bits, receiver on.
    private static final int DEFAULT_CONTROL = 017 | CS8 | CREAD;
    private static final int SPECIALS = 19;
    private static final int SPECIALS_AT = 17;
    /** The size of the kernel's structure; that of a libc has more room, which the kernel leaves alone. */
    static final int SIZE = SPECIALS_AT + SPECIALS;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    int input = ICRNL | IXON;
    int output = OPOST | ONLCR;
    int control = DEFAULT_CONTROL;
    int local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
    byte line;
    final byte[] specials = {3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0};

    void store(MemorySegment memory, long at) {
        memory.set(INT, at, input);
        memory.set(INT, at + 4, output);
        memory.set(INT, at + 8, control);
        memory.set(INT, at + 12, local);
        memory.set(ValueLayout.JAVA_BYTE, at + 16, line);
        MemorySegment.copy(specials, 0, memory, ValueLayout.JAVA_BYTE, at + SPECIALS_AT, SPECIALS);
    }

    void load(MemorySegment memory, long at) {
        input = memory.get(INT, at);
        output = memory.get(INT, at + 4);
        // As on Linux, a pseudo-terminal's characters have 8 bits and no parity, whatever is asked for.
        control = memory.get(INT, at + 8) & ~(CSIZE | PARENB) | CS8 | CREAD;
        local = memory.get(INT, at + 12);
        line = memory.get(ValueLayout.JAVA_BYTE, at + 16);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at + SPECIALS_AT, specials, 0, SPECIALS);
    }

    boolean input(int flag) {
        return (input & flag) != 0;
    }

    boolean output(int flag) {
        return (output & flag) != 0;
    }

    boolean control(int flag) {
        return (control & flag) != 0;
    }

    boolean local(int flag) {
        return (local & flag) != 0;
    }

    boolean canonical() {
        return local(ICANON);
    }

    /** Whether a byte is the given special character; a 0 there switches it off. */
    boolean is(int special, int c) {
        return c != 0 && c == (specials[special] & 0xff);
    }

    int special(int index) {
        return specials[index] & 0xff;
    }
}
