package org.javix.process;

/**
 * Packet mode of a terminal's master: each read gives a byte 0 and output, or one byte that tells what has happened at the
 * other side. The terminal's lock guards it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/TIOCPKT.2const.html">TIOCPKT(2const)</a>
 */
final class PacketMode {
    /** The first byte of a read that gives output. */
    static final byte DATA = 0;

    /** What was typed and not read was thrown away. */
    static final int FLUSH_READ = 1;

    /** Output was thrown away. */
    static final int FLUSH_WRITE = 2;

    private static final int STOP = 4;
    private static final int START = 8;
    private static final int NO_STOP = 16;
    private static final int DO_STOP = 32;

    private boolean on;
    private int events;

    boolean isOn() {
        return on;
    }

    void set(boolean now) {
        if (now != on) {
            on = now;
            events = 0;
        }
    }

    /** Whether the next read tells what has happened. */
    boolean hasEvents() {
        return events != 0;
    }

    /** What has happened since this was asked last. */
    byte takeEvents() {
        byte taken = (byte) events;
        events = 0;
        return taken;
    }

    /** Bytes were thrown away. */
    void flushed(int which) {
        add(which, 0);
    }

    /** Output was stopped, or started again. */
    void stopped(boolean stop) {
        add(stop ? STOP : START, STOP | START);
    }

    /** Whether Ctrl-S and Ctrl-Q stop and start has changed. */
    void flowControlled(boolean now) {
        add(now ? DO_STOP : NO_STOP, DO_STOP | NO_STOP);
    }

    private void add(int event, int instead) {
        if (on) {
            events = events & ~instead | event;
        }
    }
}
