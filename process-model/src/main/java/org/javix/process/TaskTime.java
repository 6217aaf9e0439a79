package org.javix.process;

import java.util.concurrent.locks.LockSupport;

/**
 * CPU time and time slices of one thread. The JVM does not tell the CPU time of a virtual thread, so
 * the {@link Ticker} looks at regular intervals who runs, as old Unix kernels did.
 *
 * <p>Methods are called on the thread itself, unless they say otherwise.
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

    /** Who could run, and does not in so many ticks, is starved. */
    private static final int STARVED = 3;

    private final Task task;
    // Written by the ticker only.
    private volatile long nanos;
    private volatile boolean looked;
    // The ticker's own: how many ticks in a row have seen it so, and since when it was so.
    private int ticksDue;
    private long dueSince;

    private volatile boolean began;
    private volatile boolean waits;
    private volatile boolean ended;
    private volatile boolean gotTurn;
    /** Its turn was taken, or it has become one who needs a turn, or it could not wait for one. */
    private volatile boolean needsTurn;
    /** Asked to be hastened again soon. */
    private volatile boolean hastens;

    // Written under TimeSharing's lock.
    /** Where it stands in line; null while it pauses or does not stand there. */
    volatile TurnLine.Place<TaskTime> place;
    /** Since when it has a turn, on System.nanoTime's scale. */
    long turnSince;
    /** It has been woken, and a turn is ready for it. */
    volatile boolean isReadied;

    // The thread's own.
    private boolean hasTurn;
    /** When it last got going, or stopped; on System.nanoTime's scale. */
    private long since;
    /** How much of its slice it has used, in nanoseconds; waiting gives it back. */
    private long used;

    /** @param creator whose slice it shares: many that are made do not get more time than one; may be null */
    TaskTime(Task task, TaskTime creator) {
        this.task = task;
        if (creator != null && creator.thread() == Thread.currentThread()) {
            creator.used += creator.sinceLast();
            long half = Math.max(0, TimeSharing.SLICE - creator.used) / 2;
            creator.used = TimeSharing.SLICE - half;
            used = TimeSharing.SLICE - half;
        }
    }

    /** Its Java thread; null before it starts. Any thread. */
    Thread thread() {
        var waiter = task.waiter();
        return waiter == null ? null : waiter.thread();
    }

    /** With whom it shares the processors. Any thread. */
    TurnLine.Share<TaskTime> share() {
        return task.process().share;
    }

    /** Its real-time priority, 0 if its policy has none. Any thread. */
    int priority() {
        return task.scheduling().priority();
    }

    // ---- CPU time ----

    /** Any thread. */
    long nanos() {
        return nanos;
    }

    /**
     * Whether it runs or wants to, and is not in a call that waits. Its Java thread does not tell: that may be blocked for
     * a moment where the call has not come to waiting yet. Any thread.
     */
    boolean isRunning() {
        return !waits;
    }

    /** Whether it waits in a call and will go on, or is to start. Any thread. */
    boolean isAsleep() {
        return (waits || !began) && !ended;
    }

    /** Whether it runs or waits for a carrier. Any thread. */
    boolean isRunnable() {
        Thread thread = thread();
        return thread != null && thread.getState() == Thread.State.RUNNABLE;
    }

    /**
     * Whether it could run, but has had no carrier for the last ticks: it has been woken and not come back, or has not seen
     * to a signal, which takes one that runs no time. Once in each tick; ticker only.
     */
    boolean isStarved() {
        boolean due = (waits || !began || task.signals().needsAttention()) && isRunnable();
        ticksDue = due && since == dueSince ? ticksDue + 1 : 0;
        dueSince = since;
        return ticksDue >= STARVED;
    }

    /**
     * Accounts for a tick in which it ran. Ticker only.
     *
     * @param share its share of the tick in nanoseconds
     * @param contended whether somebody may be waiting for a carrier
     */
    void charge(long share, boolean contended) {
        nanos += share;
        if (contended) {
            looked = true;
            task.nudge();
        }
        task.process().cpu.charge(share);
    }

    // ---- slices ----

    private long sinceLast() {
        long now = System.nanoTime();
        long passed = now - since;
        since = now;
        return passed;
    }

    /** The thread starts. */
    void start() {
        since = System.nanoTime();
        began = true;
        takeTurnIfNeeded(false);
    }

    /** It is about to wait for something. */
    void stop() {
        used = Math.min(TimeSharing.SLICE, used + sinceLast());
        waits = true;
        // One that it needed may have been taken for it meanwhile.
        if (hasTurn || needsTurn) {
            hasTurn = false;
            if (TimeSharing.JVM.giveBack(this)) {
                task.kernel().ticker().giveTurns();
            }
        }
    }

    /** It has waited, and runs again. */
    void resume() {
        waits = false;
        used = Math.max(0, used - sinceLast());
        takeTurnIfNeeded(true);
    }

    /** It is about to be woken or started. Any thread. */
    void wake() {
        if (priority() > 0 && isAsleep()) {
            TimeSharing.JVM.wake(this);
        }
    }

    private void takeTurnIfNeeded(boolean hasWoken) {
        TimeSharing sharing = TimeSharing.JVM;
        needsTurn = false;
        if (sharing.isStarving()) {
            // The line only: a turn taken here would keep this carrier from what waits outside of its own queue.
            standInLine(hasWoken, false);
        } else if (priority() > 0 || isReadied) {
            hasTurn = sharing.tryResume(this);
            if (!hasTurn) {
                standInLine(hasWoken, false);
            }
        } else if (used > TimeSharing.SLICE / 2) {
            hasTurn = sharing.tryTake(this);
            if (!hasTurn) {
                standInLine(hasWoken, false);
            }
        }
    }

    /** Whether it has to stand in line before it goes on. Any thread. */
    boolean needsTurn() {
        return needsTurn;
    }

    /** At a safepoint: lets others run, if it has computed for long enough or somebody more important is to run. */
    void giveWayIfDue() {
        if (needsTurn) {
            standInLine(false, true);
        } else if (looked) {
            looked = false;
            long run = System.nanoTime() - since;
            if (run >= TimeSharing.SLICE / 2 && used + run >= TimeSharing.SLICE) {
                standInLine(false, task.scheduling().policy() == Scheduling.SCHED_FIFO);
            }
        }
    }

    /** Lets others run; whoever has a priority, only those that are as important. */
    void yield() {
        TimeSharing sharing = TimeSharing.JVM;
        if (priority() > 0 ? sharing.isAwaitedByEqual(this) : sharing.isContended()) {
            standInLine(false, false);
        } else {
            Thread.yield();
        }
    }

    /** Waits for a turn, behind the others, or before its equals; but no longer than its process lives. */
    private void standInLine(boolean hasWoken, boolean first) {
        TimeSharing sharing = TimeSharing.JVM;
        used = Math.min(TimeSharing.SLICE, used + sinceLast());
        long pause = priority() == 0 && sharing.isOverloaded() ? PAUSES[Math.max(0, task.process().nice())] : 0;
        if (pause > 0) {
            sharing.giveBack(this);
            task.kernel().ticker().giveTurns();
            pauseUntil(System.nanoTime() + pause);
        }
        sharing.join(this, hasWoken, first);
        if (task.signals().needsAttention()) {
            hasten();
        }
        task.kernel().ticker().giveTurns();
        while (!gotTurn && !task.process().signals().isConcerned(task)) {
            LockSupport.park(this);
        }
        hasTurn = gotTurn;
        if (!hasTurn) {
            sharing.leave(this);
            if (priority() > 0) {
                needTurn();
            }
        }
        since = System.nanoTime();
    }

    /** It has got a turn. Called by {@link TimeSharing}, under its lock. */
    void getTurn() {
        gotTurn = true;
        LockSupport.unpark(thread());
    }

    /** It has no turn any more. Called by {@link TimeSharing}, under its lock. */
    void clearTurn() {
        gotTurn = false;
        needsTurn = false;
    }

    /** It has to stand in line soon. Any thread. */
    void needTurn() {
        needsTurn = true;
        task.nudge();
    }

    /** Its priority has changed. Any thread. */
    void rank() {
        TimeSharing.JVM.rank(this);
    }

    /** A signal waits for it: lets it run soon if it stands in line. Any thread. */
    void hasten() {
        if (place == null || hastens) {
            return;
        }
        long again = TimeSharing.JVM.hasten(this);
        if (again != 0) {
            hastens = true;
            task.kernel().timeouts().add(new HastenAgain(again));
        }
    }

    private final class HastenAgain extends Timeouts.Timeout {
        HastenAgain(long when) {
            deadline = when;
        }

        @Override
        void expire() {
            hastens = false;
            hasten();
        }
    }

    private void pauseUntil(long end) {
        long left = end - System.nanoTime();
        while (left > 0 && !task.process().signals().isConcerned(task)) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    /** The thread has ended. */
    void end() {
        ended = true;
        stop();
        TimeSharing.JVM.leave(this);
    }
}
