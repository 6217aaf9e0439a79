package org.javix.process;

import java.util.ArrayList;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel's clock: a platform thread of its own, so that guests that compute on every carrier
 * cannot starve it. It ticks while processes exist, for time slices, CPU time and limits, and
 * lets timers expire in time.
 */
final class Ticker implements Runnable {
    /** A timer. Compared by deadline. */
    abstract static class Timeout implements Comparable<Timeout> {
        // On System.nanoTime's scale; set before it is added.
        long deadline;

        /** Called once at the deadline, on the ticker's thread. */
        abstract void expire();

        @Override
        public final int compareTo(Timeout other) {
            return Long.signum(deadline - other.deadline);
        }
    }

    /** Time between two ticks, in nanoseconds: the length of a time slice. */
    static final long TICK = 10_000_000;

    private final Kernel kernel;
    private final Thread thread;
    // Guarded by this.
    private final PriorityQueue<Timeout> timeouts = new PriorityQueue<>();
    private volatile boolean stopped;
    private volatile boolean turnsAreWanted;
    // Ticker's thread only.
    private final ArrayList<Task> running = new ArrayList<>();
    private long cpuUsed;
    private int counted;
    private boolean starving;

    Ticker(Kernel kernel) {
        this.kernel = kernel;
        thread = Thread.ofPlatform().name("javix-ticker").daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        ThreadEnd.await(thread);
    }

    /** Lets {@link TimeSharing} give turns, soon. */
    void giveTurns() {
        turnsAreWanted = true;
        LockSupport.unpark(thread);
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

    private synchronized Timeout expired(long now) {
        Timeout next = timeouts.peek();
        return next != null && next.deadline - now <= 0 ? timeouts.poll() : null;
    }

    private synchronized long nextDeadline(long otherwise) {
        Timeout next = timeouts.peek();
        return next != null && next.deadline - otherwise < 0 ? next.deadline : otherwise;
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        long nextTick = last + TICK;
        while (!stopped) {
            long now = System.nanoTime();
            for (Timeout timeout = expired(now); timeout != null; timeout = expired(now)) {
                timeout.expire();
            }
            if (now - nextTick >= 0) {
                tick(now, now - last);
                last = now;
                nextTick = now + TICK;
            }
            if (turnsAreWanted) {
                turnsAreWanted = false;
                TimeSharing.JVM.giveTurns();
            }
            if (!turnsAreWanted) {
                LockSupport.parkNanos(Math.max(1, nextDeadline(nextTick) - System.nanoTime()));
            }
        }
        count(0);
        setStarving(false);
    }

    private void count(int runnable) {
        TimeSharing.JVM.count(runnable - counted);
        counted = runnable;
    }

    private void setStarving(boolean now) {
        if (starving != now) {
            starving = now;
            TimeSharing.JVM.setStarving(now);
        }
    }

    private void tick(long now, long elapsed) {
        running.clear();
        boolean starved = false;
        for (Process process : kernel.table()) {
            for (Task task : process.tasks()) {
                starved |= task.time.isStarved();
                if (task.time.isRunnable()) {
                    running.add(task);
                }
            }
        }
        count(running.size());
        setStarving(starved);
        // Another kernel that was to give turns may be gone.
        TimeSharing.JVM.giveTurns();
        if (!running.isEmpty()) {
            boolean contended = TimeSharing.JVM.isContended();
            // Those that wait for a carrier look like those that run, so they share what there is.
            int carriers = Runtime.getRuntime().availableProcessors();
            long share = running.size() <= carriers ? elapsed : elapsed * carriers / running.size();
            for (Task task : running) {
                task.time.charge(share, contended);
            }
            cpuUsed += share * running.size();
        }
        kernel.checkLimits(now, cpuUsed);
    }
}
