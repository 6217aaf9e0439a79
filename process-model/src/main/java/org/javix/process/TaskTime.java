package org.javix.process;

import java.util.concurrent.locks.LockSupport;

/**
 * CPU time and time slice of one thread. The JVM does not tell the CPU time of a virtual thread, so
 * the {@link Ticker} looks at regular intervals who runs, as old Unix kernels did.
 */
final class TaskTime {
    /** The longest pause: what a nice process may lose when the others stop computing right after it has begun. */
    private static final long LONGEST_PAUSE = 100_000_000;

    /** By nice value, how long a process pauses after each time slice: each step is a quarter more time for others, as on Linux. */
    private static final long[] PAUSES = new long[20];

    static {
        for (int nice = 0; nice < PAUSES.length; nice++) {
            PAUSES[nice] = Math.min(LONGEST_PAUSE, (long) (Ticker.TICK * (Math.pow(1.25, nice) - 1)));
        }
    }

    private final Task task;
    // Written by the ticker only.
    private volatile long nanos;
    // How long it is to give way for, at its next safepoint; 0 for not at all.
    private volatile long pause;

    TaskTime(Task task) {
        this.task = task;
    }

    long nanos() {
        return nanos;
    }

    /** Whether the thread runs or wants to. Ticker only. */
    boolean isRunning() {
        var waiter = task.waiter();
        return waiter != null && waiter.thread().getState() == Thread.State.RUNNABLE;
    }

    /**
     * Accounts for a tick in which it ran. Ticker only.
     *
     * @param share its share of the tick in nanoseconds
     * @param others whether somebody may be waiting for a carrier
     * @param contended whether somebody is, so that a process with a positive nice value gives way for longer
     */
    void charge(long share, boolean others, boolean contended) {
        nanos += share;
        if (others) {
            pause = contended ? Math.max(1, PAUSES[Math.max(0, task.process().nice())]) : 1;
            task.nudge();
        }
        task.process().cpu.charge(share);
    }

    /**
     * Lets others run. Not by {@link Thread#yield}: that puts the thread at the end of its carrier's own
     * queue, and a carrier looks at what other threads have submitted, such as sleepers that wake, only
     * when its own queue is empty. Two that compute and yield would starve those for ever. After a park,
     * the thread is itself submitted from outside, behind the others.
     */
    void yieldIfSliceOver() {
        long length = pause;
        if (length > 0) {
            pause = 0;
            LockSupport.parkNanos(length);
        }
    }
}
