package org.javix.process;

import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel's clock tick, for time slices and CPU time: a platform thread, so that guests that compute on every carrier
 * cannot starve it.
 *
 * <p>It never waits for a lock, nor calls what does. The JVM hands a lock to one of those that wait for it, and a virtual
 * thread then may have to wait for a carrier first: for the end of a time slice, which would not come.
 */
final class Ticker implements Runnable {
    /** Time between two ticks, in nanoseconds: the length of a time slice. */
    static final long TICK = 10_000_000;

    private final Kernel kernel;
    private final Thread thread;
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

    @Override
    public void run() {
        long last = System.nanoTime();
        long nextTick = last + TICK;
        while (!stopped) {
            long now = System.nanoTime();
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
                LockSupport.parkNanos(Math.max(1, nextTick - System.nanoTime()));
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
        if (kernel.isExceeded(now, cpuUsed)) {
            kernel.timeouts().soon(kernel::killEverything);
        }
    }
}
