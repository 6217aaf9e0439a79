package org.javix.process;

import java.util.concurrent.locks.LockSupport;

/**
 * CPU time and time slice of one thread. The JVM does not tell the CPU time of a virtual thread, so
 * the {@link Ticker} looks at regular intervals who runs, as old Unix kernels did.
 */
final class TaskTime {
    private final Task task;
    // Written by the ticker only.
    private volatile long nanos;
    private volatile boolean sliceOver;

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
     */
    void charge(long share, boolean others) {
        nanos += share;
        if (others) {
            sliceOver = true;
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
        if (sliceOver) {
            sliceOver = false;
            LockSupport.parkNanos(1);
        }
    }
}
