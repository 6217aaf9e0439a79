package org.javix.process;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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
 * <p>Turns are given by the {@link Ticker}s, from outside the carriers, for the same reason: who gets a turn is then
 * queued behind those that have woken. Thread-safe.
 */
final class TimeSharing {
    /** How long a thread may compute before it needs a turn, and the length of a turn, in nanoseconds. */
    static final long SLICE = Ticker.TICK;

    /** Carriers are the JVM's, so there is one of this. */
    static final TimeSharing JVM = new TimeSharing(
            Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors()));

    private final int carriers;
    /** Threads that run or have a carrier's queue to wait in, of all kernels, when they last looked. */
    private final AtomicInteger running = new AtomicInteger();

    /** The kernels that have seen one of their threads starve, when they last looked. */
    private final AtomicInteger starving = new AtomicInteger();

    // Guarded by this.
    private final TurnLine<TaskTime> line = new TurnLine<>();
    private int turns;

    TimeSharing(int carriers) {
        this.carriers = carriers;
        turns = carriers;
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

    private synchronized boolean isAwaited() {
        return !line.isEmpty();
    }

    /** Takes a turn if there is one that nobody waits for. */
    synchronized boolean tryTake() {
        if (turns == 0 || !line.isEmpty()) {
            return false;
        }
        turns--;
        return true;
    }

    /** Gives a turn back; answers whether somebody waits for one. */
    synchronized boolean giveBack() {
        turns++;
        return !line.isEmpty();
    }

    /**
     * Stands in line.
     *
     * @param hasWoken whether it has just waited for something else
     */
    synchronized TurnLine.Place<TaskTime> join(TaskTime who, boolean hasWoken) {
        return line.add(who, who.share(), hasWoken);
    }

    /** Something waits for who stands in line. */
    synchronized void hasten(TurnLine.Place<TaskTime> place) {
        line.hasten(place);
    }

    /** Leaves the line, or gives back the turn that was got in the meantime. */
    synchronized void leave(TurnLine.Place<TaskTime> place) {
        if (!line.remove(place)) {
            turns++;
        }
    }

    /** Gives the turns that are free to the first in the line. */
    synchronized void giveTurns() {
        while (turns > 0 && !line.isEmpty()) {
            turns--;
            TaskTime first = line.poll();
            first.gotTurn = true;
            LockSupport.unpark(first.thread());
        }
    }
}
