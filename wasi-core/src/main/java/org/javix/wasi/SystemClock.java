package org.javix.wasi;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The host's clocks, as one program sees them. */
final class SystemClock implements WasiClock {
    /** {@link System#nanoTime} may be negative, WASI's times may not: count from the program's start. */
    private final long start = System.nanoTime();

    @Override
    public long realtime() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public long monotonic() {
        return System.nanoTime() - start;
    }

    @Override
    public long realtimeResolution() {
        // What Instant.now() resolves: the JDK reads the clock to the microsecond or better.
        return 1_000;
    }

    @Override
    public long monotonicResolution() {
        return 1;
    }

    /**
     * The time that the program has existed: the JVM cannot tell how long a virtual thread computed, and
     * a libc's {@code clock()} must not fail.
     */
    @Override
    public long processCpuTime() {
        return monotonic();
    }

    @Override
    public long threadCpuTime() {
        return monotonic();
    }
}
