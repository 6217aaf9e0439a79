package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;

import java.time.Instant;

/**
 * How the clock is kept: {@code adjtimex}, to be read only. It is the embedder's clock, of which nothing is known, so
 * it counts as not synchronised.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/adjtimex.2.html">adjtimex(2)</a>
 */
final class ClockAdjustment {
    private static final int CLOCK_REALTIME = 0;
    private static final int LAST_CLOCK = 11;
    /** What reads although its bits say otherwise. */
    private static final int ADJ_OFFSET_SS_READ = 0xa001;
    private static final int STA_UNSYNC = 0x40;
    private static final int TIME_ERROR = 5;

    private static final int SIZE = 208;
    private static final long MAX_ERROR = 16_000_000;
    private static final long TOLERANCE = 32_768_000;

    private ClockAdjustment() {}

    static long clockAdjtime(GuestThread p, long clock, long timex) {
        if (clock == CLOCK_REALTIME) {
            return adjtimex(p, timex);
        }
        return clock > 0 && clock <= LAST_CLOCK ? -EOPNOTSUPP : -EINVAL;
    }

    /** Fills in a struct __kernel_timex, whose longs all have 64 bits. */
    static long adjtimex(GuestThread p, long timex) {
        GuestMemory memory = p.memory();
        int modes = memory.i32(timex);
        if (modes != 0 && modes != ADJ_OFFSET_SS_READ) {
            return -EPERM;
        }
        Instant now = p.kernel().clock().instant();
        memory.clear(timex, SIZE);
        memory.set32(timex, modes);
        memory.set64(timex + 24, MAX_ERROR);
        memory.set64(timex + 32, MAX_ERROR);
        memory.set32(timex + 40, STA_UNSYNC);
        memory.set64(timex + 48, 2);
        memory.set64(timex + 56, 1);
        memory.set64(timex + 64, TOLERANCE);
        memory.set64(timex + 72, now.getEpochSecond());
        memory.set64(timex + 80, now.getNano() / 1000);
        memory.set64(timex + 88, 10_000);
        return TIME_ERROR;
    }
}
