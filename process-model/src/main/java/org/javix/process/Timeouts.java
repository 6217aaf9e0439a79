package org.javix.process;

import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What the kernel does at a time of its own: timers that expire, limits of CPU time that are passed. A platform thread, so
 * that guests that compute on every carrier do not keep it from running. It takes locks that guests' threads take as
 * well, and so may have to wait for one of them to get its time slice: that the slices end is up to the {@link Ticker},
 * which does not wait for locks.
 */
final class Timeouts implements Runnable {
    /** A timer. Compared by deadline. */
    abstract static class Timeout implements Comparable<Timeout> {
        // On System.nanoTime's scale; set before it is added.
        long deadline;

        /** Called once at the deadline, on the thread of {@link Timeouts}. */
        abstract void expire();

        @Override
        public final int compareTo(Timeout other) {
            return Long.signum(deadline - other.deadline);
        }
    }

    /** The longest sleep, in nanoseconds. */
    private static final long LONGEST = 3_600_000_000_000L;

    private final Thread thread;
    // Guarded by this.
    private final PriorityQueue<Timeout> timeouts = new PriorityQueue<>();
    private final ConcurrentLinkedQueue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Timeouts() {
        thread = Thread.ofPlatform().name("javix-timeouts").daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        ThreadEnd.await(thread);
    }

    void add(Timeout timeout) {
        boolean first;
        synchronized (this) {
            timeouts.add(timeout);
            first = timeouts.peek() == timeout;
        }
        if (first) {
            LockSupport.unpark(thread);
        }
    }

    synchronized void remove(Timeout timeout) {
        timeouts.remove(timeout);
    }

    /** Has something done as soon as possible. Takes no lock. */
    void soon(Runnable work) {
        soon.add(work);
        LockSupport.unpark(thread);
    }

    private synchronized Timeout expired() {
        Timeout next = timeouts.peek();
        return next != null && next.deadline - System.nanoTime() <= 0 ? timeouts.poll() : null;
    }

    /** How long until the next expires, in nanoseconds; at most an hour. */
    private synchronized long left() {
        Timeout next = timeouts.peek();
        return next == null ? LONGEST : Math.clamp(next.deadline - System.nanoTime(), 0, LONGEST);
    }

    @Override
    public void run() {
        while (!stopped) {
            for (Runnable work = soon.poll(); work != null; work = soon.poll()) {
                work.run();
            }
            for (Timeout timeout = expired(); timeout != null; timeout = expired()) {
                timeout.expire();
            }
            long left = left();
            if (left > 0 && soon.isEmpty() && !stopped) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
