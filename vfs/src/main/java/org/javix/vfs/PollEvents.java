package org.javix.vfs;

/** Readiness bits of {@code poll}, with Linux's values. */
public final class PollEvents {
    /** There is something to read, or the end of file. */
    public static final int POLLIN = 0x001;

    /** Urgent data. */
    public static final int POLLPRI = 0x002;

    /** A write would not wait. */
    public static final int POLLOUT = 0x004;

    /** An error, such as a pipe without readers. */
    public static final int POLLERR = 0x008;

    /** The other side is gone. */
    public static final int POLLHUP = 0x010;

    /** Not an open descriptor. */
    public static final int POLLNVAL = 0x020;

    /** Normal data to read. */
    public static final int POLLRDNORM = 0x040;

    /** Normal data may be written. */
    public static final int POLLWRNORM = 0x100;

    /** As {@link #POLLOUT}, for data of higher priority. */
    public static final int POLLWRBAND = 0x200;

    /** The other side of a stream will send no more. */
    public static final int POLLRDHUP = 0x2000;

    private PollEvents() {}
}
