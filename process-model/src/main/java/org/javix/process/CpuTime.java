package org.javix.process;

import java.util.concurrent.locks.LockSupport;

/**
 * CPU time and time slice of one process. The JVM does not tell the CPU time of a virtual thread, so
 * the {@link Ticker} looks at regular intervals who runs, as old Unix kernels did.
 */
final class CpuTime {
    private final Process process;
    // Written by the ticker only.
    private volatile long userNanos;
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
        return waiter != null && waiter.thread().getState() == Thread.State.RUNNABLE;
    }

    /**
     * Accounts for a tick in which it ran. Ticker only.
     *
     * @param nanos its share of the tick
     * @param others whether somebody may be waiting for a carrier
     */
    void charge(long nanos, boolean others) {
        long used = userNanos + nanos;
        userNanos = used;
        if (others) {
            sliceOver = true;
            process.nudge();
        }
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

    /**
     * Lets others run. Not by {@link Thread#yield}: that puts the thread at the end of its carrier's own
     * queue, and a carrier looks at what other threads have submitted, such as sleepers that wake, only
     * when its own queue is empty. Two that compute and yield would starve those for ever. After a park,
     * the thread is itself submitted from outside, behind the others.
     */
    void yieldIfSliceOver() {
        if (sliceOver) {
            sliceOver = false;
            LockSupport.parkNanos(1);
        }
    }
}
