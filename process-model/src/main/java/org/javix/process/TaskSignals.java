package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.vfs.Errno.*;

import org.javix.vfs.Waiter;

/**
 * The signals of one thread: what it blocks, what was sent to it and no other, and how it takes signals, its own and those
 * of its process.
 *
 * <p>A caller of something that blocks does this:
 * <pre>{@code
 * for (;;) {
 *     long result = call();
 *     if (result != -EINTR) return result;
 *     Delivery delivery = signals.take();
 *     if (delivery == null) continue;             // stopped and continued: nobody noticed
 *     boolean restart = delivery.restarts();
 *     run(delivery.action().handler());           // and setMask(delivery.oldMask()), then take() again
 *     if (!restart) return -EINTR;
 * }
 * }</pre>
 *
 * <p>Methods are the thread's own, unless they say otherwise.
 */
public final class TaskSignals {
    /** {@link #changeMask}: block these signals too. */
    public static final int SIG_BLOCK = 0;
    /** {@link #changeMask}: no longer block these signals. */
    public static final int SIG_UNBLOCK = 1;
    /** {@link #changeMask}: block these signals and no others. */
    public static final int SIG_SETMASK = 2;

    private final Task task;
    // Its lock guards what is here as well.
    private final SignalState state;

    // Guarded by state: what was sent to this thread.
    final PendingSignals own = new PendingSignals();

    // Guarded by state: what sigtimedwait waits for.
    private long awaited;
    // Written under state.
    private volatile long mask;
    // Guarded by state: the mask to return to after sigsuspend, ppoll and the like.
    private long savedMask;
    private boolean restoreMask;
    // Guarded by state: parked, because the process is stopped.
    private boolean stopped;
    // Written under state: something is to be done by take().
    private volatile boolean attention;

    /** @param creator whose mask it gets; null for none */
    TaskSignals(Task task, SignalState state, TaskSignals creator) {
        this.task = task;
        this.state = state;
        if (creator != null) {
            synchronized (creator.state) {
                mask = creator.restoreMask ? creator.savedMask : creator.mask;
            }
        }
    }

    // ---- for the process's signals; guarded by state ----

    boolean awaits(long set) {
        return (awaited & set) != 0;
    }

    boolean blocks(long bit) {
        return (mask & bit) != 0;
    }

    /** Whether it must be woken for signals that wait. */
    boolean hears(long set) {
        return attention || awaits(set);
    }

    boolean isStopped() {
        return stopped;
    }

    void setStopped(boolean now) {
        stopped = now;
        update();
    }

    void update() {
        attention = state.concerns(task) || (ready() & ~mask) != 0;
    }

    private long ready() {
        return own.set() | state.pending.set();
    }

    // ---- sending ----

    /**
     * Records a signal for this thread. Any thread; no permission is checked.
     *
     * @return 0, or -EAGAIN if too many real-time signals are queued
     */
    public int send(SigInfo info) {
        return state.send(info, task);
    }

    /**
     * Sends a signal that the thread cannot escape, as a fault does: if it is blocked or ignored, the
     * default action is restored first, which kills.
     */
    public void force(SigInfo info) {
        synchronized (state) {
            long bit = SignalSet.of(info.signal());
            if ((mask & bit) != 0 || state.action(info.signal()).handler() == SigAction.SIG_IGN) {
                state.changeAction(info.signal(), SigAction.DEFAULT);
                mask &= ~bit;
            }
        }
        send(info);
    }

    // ---- taking ----

    /** Whether {@link #take} has something to do. Any thread. */
    public boolean needsAttention() {
        return attention;
    }

    /**
     * Deals with the signals that wait and are not blocked. Default actions are carried out here: it
     * returns late if the process was stopped.
     *
     * @return the first signal that has a handler, or null if nothing is left to do
     * @throws ProcessExit if a signal ends the process
     */
    public Delivery take() {
        while (true) {
            int stop = 0;
            synchronized (state) {
                state.check(task);
                if (!state.mustKeepStill(task)) {
                    long ready = ready() & ~mask;
                    if (ready == 0) {
                        if (!restoreMask) {
                            update();
                            return null;
                        }
                        restoreMask = false;
                        mask = savedMask;
                        update();
                        continue;
                    }
                    SigInfo info = dequeue(ready);
                    int signal = info.signal();
                    SigAction action = state.action(signal);
                    update();
                    if (action.isHandler()) {
                        return enter(signal, action, info);
                    }
                    if (action.handler() == SigAction.SIG_IGN) {
                        continue;
                    }
                    switch (defaultAction(signal)) {
                        case IGNORE, CONTINUE -> {
                            continue;
                        }
                        case TERMINATE, CORE -> throw new ProcessExit(WaitStatus.signaled(signal));
                        case STOP -> {
                            state.announceStop();
                            stop = signal;
                        }
                        default -> throw new AssertionError(signal);
                    }
                }
            }
            if (stop != 0) {
                state.beginStop(stop);
            }
            state.awaitContinue(task);
        }
    }

    /** The next of signals of which some wait: faults first, and what was sent to this thread. Guarded by state. */
    private SigInfo dequeue(long ready) {
        long mine = own.set() & ready;
        long set = mine != 0 ? mine : ready;
        long faults = set & SignalSet.SYNCHRONOUS;
        int signal = SignalSet.first(faults != 0 ? faults : set);
        return remove(mine != 0 ? own : state.pending, signal);
    }

    // Guarded by state.
    private SigInfo remove(PendingSignals place, int signal) {
        return task.process().posixTimers().delivered(place.remove(signal));
    }

    // Guarded by state.
    private Delivery enter(int signal, SigAction action, SigInfo info) {
        long old = restoreMask ? savedMask : mask;
        restoreMask = false;
        long self = action.has(SigAction.SA_NODEFER) ? 0 : SignalSet.of(signal);
        changeTo(mask | action.mask() | self);
        if (action.has(SigAction.SA_RESETHAND)) {
            state.changeAction(signal, new SigAction(SigAction.SIG_DFL, action.flags(), action.mask(), 0));
        }
        return new Delivery(signal, action, info, old);
    }

    // ---- masks ----

    /** The signals that are blocked. Any thread. */
    public long mask() {
        return mask;
    }

    /** Blocks exactly these signals, except those that cannot be blocked. */
    public void setMask(long signals) {
        synchronized (state) {
            changeTo(signals);
        }
    }

    // Guarded by state.
    private void changeTo(long signals) {
        long blocked = ~mask & signals;
        mask = signals & ~SignalSet.UNBLOCKABLE;
        update();
        state.retarget(task, blocked);
    }

    /**
     * {@code sigprocmask}. What becomes unblocked is dealt with by the next {@link #take}.
     *
     * @param how {@code SIG_BLOCK}, {@code SIG_UNBLOCK} or {@code SIG_SETMASK}
     * @return 0 or -EINVAL
     */
    public int changeMask(int how, long signals) {
        switch (how) {
            case SIG_BLOCK -> setMask(mask | signals);
            case SIG_UNBLOCK -> setMask(mask & ~signals);
            case SIG_SETMASK -> setMask(signals);
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }

    /** {@code sigpending}: the signals that wait because they are blocked, the process's among them. Any thread. */
    public long pending() {
        synchronized (state) {
            return ready() & mask;
        }
    }

    /** The signals that were sent to this thread and wait, blocked or not. Any thread. */
    public long ownPending() {
        synchronized (state) {
            return own.set();
        }
    }

    /** Every signal that waits for this thread or for any of the process, blocked or not. Any thread. */
    long waiting() {
        synchronized (state) {
            return ready();
        }
    }

    /** Accepts a signal of a set that waits, so that no handler sees it; null if none does. */
    SigInfo accept(long set) {
        synchronized (state) {
            long ready = ready() & set;
            if (ready == 0) {
                return null;
            }
            SigInfo info = dequeueAwaited(ready);
            update();
            return info;
        }
    }

    // ---- waiting for signals ----

    /**
     * Switches to another mask for the length of one call, as {@code ppoll} and {@code pselect} do.
     * When the call ends with -EINTR, {@link #take} returns to the old mask, after entering the
     * handler that interrupted it; when it ends otherwise, {@link #endTemporaryMask} must.
     */
    public void beginTemporaryMask(long signals) {
        synchronized (state) {
            if (!restoreMask) {
                savedMask = mask;
                restoreMask = true;
            }
            changeTo(signals);
        }
    }

    /** Returns to the mask before {@link #beginTemporaryMask}, unless {@link #take} has. */
    public void endTemporaryMask() {
        synchronized (state) {
            if (restoreMask) {
                restoreMask = false;
                changeTo(savedMask);
            }
        }
    }

    /**
     * {@code sigsuspend}: waits under another mask until there is something for {@link #take}, which
     * also restores the mask. If {@code take} finds no handler to run, the call is made again.
     *
     * @return -EINTR
     */
    public int suspend(long signals) {
        beginTemporaryMask(signals);
        return pause();
    }

    /**
     * {@code pause}: waits until there is something for {@link #take}.
     *
     * @return -EINTR
     */
    public int pause() {
        Waiter waiter = task.waiter();
        while (true) {
            waiter.prepare();
            if (attention) {
                return -EINTR;
            }
            waiter.park();
        }
    }

    /**
     * {@code sigtimedwait}: accepts a signal, which no handler then sees.
     *
     * @param signals those to accept; they should be blocked
     * @param deadline of {@link Deadline}
     * @param out element 0 becomes the signal's origin
     * @return the signal, -EAGAIN at the deadline, or -EINTR
     */
    public int await(long signals, long deadline, SigInfo[] out) {
        long set = signals & ~SignalSet.UNBLOCKABLE;
        Waiter waiter = task.waiter();
        try {
            while (true) {
                waiter.prepare();
                synchronized (state) {
                    long ready = ready() & set;
                    if (ready != 0) {
                        out[0] = dequeueAwaited(ready);
                        update();
                        return out[0].signal();
                    }
                    awaited = set;
                }
                if (attention) {
                    return -EINTR;
                }
                if (!Deadline.park(waiter, deadline)) {
                    return -EAGAIN;
                }
            }
        } finally {
            synchronized (state) {
                awaited = 0;
            }
        }
    }

    /** The lowest of signals of which some wait. Guarded by state. */
    private SigInfo dequeueAwaited(long ready) {
        long mine = own.set() & ready;
        return mine != 0 ? remove(own, SignalSet.first(mine)) : remove(state.pending, SignalSet.first(ready));
    }
}
