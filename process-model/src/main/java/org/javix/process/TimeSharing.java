package org.javix.process;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shares the JVM's carriers among the guest threads of all sandboxes.
 *
 * <p>Threads that mostly wait run whenever the JVM lets them. One that has computed for a whole slice needs a turn
 * from then on, until it has waited for as long. There are as many turns as carriers; those without one stand in
 * one {@linkplain TurnLine line}. So at most as many computing threads as there are carriers are in the JVM's own queues,
 * and a thread that wakes finds a free carrier within a slice, however many compute. The JVM's scheduler alone does not give that: a
 * carrier looks for what others have submitted only when its own queue is empty, which two threads that compute and
 * yield can keep from happening for ever.
 *
 * <p>Threads that wake one another without ever computing for long do the same to what wakes from elsewhere: the embedder's
 * signal, a timer. Where a tick finds somebody starved so, everyone who wakes stands in line, until nobody is: then the
 * carriers' own queues run empty.
 *
 * <p>Who has a real-time priority needs a turn whenever it runs. Where there is none, it takes that of somebody of its own
 * {@linkplain TurnLine.Share share} who has a lower priority and gives way at the next safepoint. Priorities order what the
 * embedder has started as one; others have their turns in any case, so that a guest cannot make itself more important
 * than another sandbox. Who waits more than computes has a carrier within a slice even then, since every turn ends with one.
 *
 * <p>Who stands in line and is sent a signal takes the turn of whoever has had his for longest, if that is a millisecond.
 *
 * <p>Turns are given by the {@link Ticker}s, from outside the carriers, for the same reason: who gets a turn is then
 * queued behind those that have woken. Thread-safe.
 */
final class TimeSharing {
    /** How long a thread may compute before it needs a turn, and the length of a turn, in nanoseconds. */
    static final long SLICE = Ticker.TICK;

    /** How long a turn lasts at least before it is taken for somebody who is sent a signal, in nanoseconds. */
    private static final long LEAST = 1_000_000;

    /** Carriers are the JVM's, so there is one of this. */
    static final TimeSharing JVM = new TimeSharing(
            Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors()));

    private final int carriers;
    /** Threads that run or have a carrier's queue to wait in, of all kernels, when they last looked. */
    private final AtomicInteger running = new AtomicInteger();

    /** The kernels that have seen one of their threads starve, when they last looked. */
    private final AtomicInteger starving = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock, and so is each thread's place in it.
    private final TurnLine<TaskTime> line = new TurnLine<>();
    /** Who has a turn, the longest first. */
    private final ArrayList<TaskTime> holders = new ArrayList<>();

    TimeSharing(int carriers) {
        this.carriers = carriers;
    }

    /**
     * Takes the lock without ever waiting in its queue: a virtual thread that stands first there may have no carrier until
     * the {@link Ticker}, behind it, ends somebody's slice. It is held for microseconds, by nobody who could lose his carrier.
     */
    private void lock() {
        while (!lock.tryLock()) {
            Thread.onSpinWait();
        }
    }

    /** A kernel has seen so many more threads run than when it last looked. */
    void count(int more) {
        running.addAndGet(more);
    }

    /** A kernel sees, or no longer sees, one of its threads starve. */
    void setStarving(boolean now) {
        starving.addAndGet(now ? 1 : -1);
    }

    /** Whether somebody is kept from running by those that wake one another. */
    boolean isStarving() {
        return starving.get() > 0;
    }

    /** Whether somebody may be waiting for a carrier or a turn. */
    boolean isContended() {
        return running.get() >= carriers || isAwaited();
    }

    /** Whether more threads want to run than can. */
    boolean isOverloaded() {
        return running.get() > carriers || isAwaited();
    }

    private boolean isAwaited() {
        lock();
        try {
            return !line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a turn if there is one that nobody waits for. */
    boolean tryTake(TaskTime who) {
        lock();
        try {
            if (!line.isEmpty() || holders.size() >= carriers) {
                return false;
            }
            hold(who);
            return true;
        } finally {
            lock.unlock();
        }
    }

    // Guarded by the lock.
    private void hold(TaskTime who) {
        who.turnSince = System.nanoTime();
        holders.add(who);
    }

    // Guarded by the lock.
    private void give(TaskTime who) {
        hold(who);
        who.place = null;
        who.getTurn();
    }

    /** Gives back the turn that a thread has, if it has not been taken; answers whether somebody waits for one. */
    boolean giveBack(TaskTime who) {
        lock();
        try {
            release(who);
            return !line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    // Guarded by the lock.
    private void release(TaskTime who) {
        holders.remove(who);
        who.clearTurn();
    }

    /**
     * Stands in line, and gives back the turn that it has.
     *
     * @param hasWoken whether it has just waited for something else
     * @param first whether it comes before those of the same priority
     */
    void join(TaskTime who, boolean hasWoken, boolean first) {
        lock();
        try {
            release(who);
            int priority = who.priority();
            who.place = priority == 0 ? line.add(who, who.share(), hasWoken) : line.addRanked(who, who.share(), priority, first);
            // Where a turn is free, the line decides who gets it: now and then somebody without a priority.
            if (priority > 0 && holders.size() >= carriers) {
                preempt(who.share());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the line, or gives back the turn that was got in the meantime. */
    void leave(TaskTime who) {
        lock();
        try {
            if (who.place != null) {
                line.remove(who.place);
                who.place = null;
            }
            release(who);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turns that are free to the first in the line. */
    void giveTurns() {
        lock();
        try {
            while (holders.size() < carriers && !line.isEmpty()) {
                give(line.poll());
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- priorities ----

    /** Takes a turn for who has a priority: one that nobody waits for, or that of somebody less important. */
    boolean tryTakeRanked(TaskTime who) {
        lock();
        try {
            if (tryTake(who)) {
                return true;
            }
            TaskTime lowest = lowest(who.share());
            if (line.highest(who.share()) >= who.priority() || lowest == null || lowest.priority() >= who.priority()) {
                return false;
            }
            take(lowest);
            hold(who);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Has a turn ready for somebody important who is being woken: its carrier may be that of who has it now. */
    void wake(TaskTime who) {
        lock();
        try {
            if (who.isAsleep() && !holders.contains(who)) {
                who.isReadied = tryTakeRanked(who);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a turn for somebody important who has been woken, or lets it have the one that was ready. */
    boolean tryResume(TaskTime who) {
        lock();
        try {
            who.isReadied = false;
            return holders.contains(who) || tryTakeRanked(who);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody of its share waits who is at least as important. */
    boolean isAwaitedByEqual(TaskTime who) {
        lock();
        try {
            return line.highest(who.share()) >= who.priority();
        } finally {
            lock.unlock();
        }
    }

    /** A thread's priority has changed: it, or others of its share, may have to give way. */
    void rank(TaskTime who) {
        lock();
        try {
            if (who.place != null) {
                line.remove(who.place);
                join(who, false, false);
            } else if (who.priority() > 0 && who.isRunning() && !holders.contains(who)) {
                // It runs on until it sees that: whoever is to give way to it does so now.
                tryTakeRanked(who);
                who.needTurn();
            }
            preempt(who.share());
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turns of those of a share who are less important than others who wait to these. Guarded by the lock. */
    private void preempt(TurnLine.Share<TaskTime> share) {
        TaskTime lowest = lowest(share);
        while (lowest != null && lowest.priority() < line.highest(share)) {
            take(lowest);
            give(line.pollHighest(share));
            lowest = lowest(share);
        }
    }

    /** Who of a share has a turn and is the least important, the last of several; null if nobody has one. */
    private TaskTime lowest(TurnLine.Share<TaskTime> share) {
        TaskTime lowest = null;
        for (TaskTime holder : holders) {
            if (holder.share() == share && (lowest == null || holder.priority() <= lowest.priority())) {
                lowest = holder;
            }
        }
        return lowest;
    }

    // Guarded by the lock.
    private void take(TaskTime holder) {
        // It may not even have seen yet that it got the turn: then it runs to its next safepoint.
        holders.remove(holder);
        holder.needTurn();
    }

    // ---- signals ----

    /**
     * Something waits for who stands in line: gives it the turn of the first of its share who has had it for long enough.
     *
     * @return when to ask again, on System.nanoTime's scale; 0 if it need not be asked again
     */
    long hasten(TaskTime who) {
        lock();
        try {
            if (who.place == null) {
                return 0;
            }
            line.hasten(who.place);
            for (TaskTime holder : holders) {
                if (holder.share() == who.share() && holder.priority() == 0 && who.priority() == 0) {
                    long due = holder.turnSince + LEAST;
                    if (due - System.nanoTime() > 0) {
                        return due;
                    }
                    line.remove(who.place);
                    take(holder);
                    give(who);
                    return 0;
                }
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
