package org.javix.process;

/**
 * CPU time and time slice of one process. The JVM does not tell the CPU time of a virtual thread, so
 * the {@link Ticker} looks at regular intervals who runs, as old Unix kernels did.
 */
final class CpuTime {
    private final Process process;
    // Written by the ticker only.
    private volatile long userNanos;
    // Ticker only: whether the process ran at the last tick.
    private boolean ranBefore;
    private volatile boolean sliceOver;

    CpuTime(Process process) {
        this.process = process;
    }

    long userNanos() {
        return userNanos;
    }

    /** Whether the process runs or wants to. Ticker only. */
    boolean isRunning() {
        var waiter = process.waiter();
        boolean running = waiter != null && waiter.thread().getState() == Thread.State.RUNNABLE;
        if (!running) {
            ranBefore = false;
        }
        return running;
    }

    /**
     * Accounts for a tick in which it ran. Ticker only.
     *
     * @param nanos its share of the tick
     */
    void charge(long nanos) {
        long used = userNanos + nanos;
        userNanos = used;
        if (ranBefore) {
            sliceOver = true;
            process.nudge();
        }
        ranBefore = true;
        long soft = process.rlimits().soft(Rlimit.CPU);
        if (soft != Rlimit.INFINITY) {
            checkLimit(used - nanos, used, soft);
        }
        process.timers().charge(nanos);
    }

    private void checkLimit(long before, long now, long soft) {
        long seconds = now / 1_000_000_000;
        if (Long.compareUnsigned(seconds, process.rlimits().hard(Rlimit.CPU)) >= 0) {
            process.signal(Signal.SIGKILL);
        } else if (seconds >= soft && before / 1_000_000_000 != seconds) {
            process.signal(Signal.SIGXCPU);
        }
    }

    void yieldIfSliceOver() {
        if (sliceOver) {
            sliceOver = false;
            Thread.yield();
        }
    }
}
