package org.javix.wasi;

/**
 * The clocks of a program, in nanoseconds. Thread-safe.
 *
 * <p>A host may give programs a clock of its own, for tests or to hide the time.
 */
public interface WasiClock {
    /** The host's clocks. */
    static WasiClock system() {
        return new SystemClock();
    }

    /** Time since 1970-01-01T00:00Z. */
    long realtime();

    /** Time since some fixed moment; never runs backwards. */
    long monotonic();

    /** The smallest step of {@link #realtime}, at least 1. */
    long realtimeResolution();

    /** The smallest step of {@link #monotonic}, at least 1. */
    long monotonicResolution();

    /** CPU time of the program, or -1 where it is not known. */
    default long processCpuTime() {
        return -1;
    }

    /** CPU time of the calling thread, or -1 where it is not known. */
    default long threadCpuTime() {
        return -1;
    }
}
