package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.vfs.Errno.*;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.javix.vfs.Waiter;

/**
 * The signals of one process: what waits, what is blocked, and what is done about each.
 *
 * <p>Sending works from any thread, and only records the signal and draws the process's attention.
 * Everything else happens on the process's own thread, in {@link #take}: it carries out default
 * actions, and hands back those signals that have a handler. So a stopped process is a thread that
 * parks inside {@code take}, and a killed one is a thread that {@code take} threw out.
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
 */
public final class SignalState {
    /** {@link #changeMask}: block these signals too. */
    public static final int SIG_BLOCK = 0;
    /** {@link #changeMask}: no longer block these signals. */
    public static final int SIG_UNBLOCK = 1;
    /** {@link #changeMask}: block these signals and no others. */
    public static final int SIG_SETMASK = 2;

    private final Process process;

    // Written under this.
    private volatile SignalActions actions;
    // Guarded by this.
    private long pending;
    // Guarded by this: the pending signals' origins, oldest first. Ordinary signals occur once.
    private final ArrayDeque<SigInfo> queue = new ArrayDeque<>(2);
    // Guarded by this: what sigtimedwait waits for.
    private long awaited;
    // Written under this.
    private volatile long mask;
    // Guarded by this: the mask to return to after sigsuspend, ppoll and the like.
    private long savedMask;
    private boolean restoreMask;
    // Written under this: something is to be done by take().
    private volatile boolean attention;
    // Guarded by this.
    private boolean killed;
    // Guarded by this: between taking a stop signal and stopping; SIGCONT clears it.
    private boolean stopping;
    // Written under this: the signal that stopped the process, 0 if it runs.
    private volatile int stopSignal;

    SignalState(Process process) {
        this.process = process;
        actions = SignalActions.INITIAL;
    }

    /** For a fork: the same actions and mask, and nothing pending. */
    SignalState(Process process, SignalState parent) {
        this.process = process;
        synchronized (parent) {
            actions = parent.actions;
            mask = parent.restoreMask ? parent.savedMask : parent.mask;
        }
    }

    // ---- sending: any thread ----

    /**
     * Records a signal. No permission is checked.
     *
     * @return 0, or -EAGAIN if too many real-time signals are queued
     */
    public int send(SigInfo info) {
        int signal = info.signal();
        long bit = SignalSet.of(signal);
        boolean continued = false;
        boolean wake;
        synchronized (this) {
            if (process.hasEnded()) {
                return 0;
            }
            if (signal == SIGCONT) {
                discard(SignalSet.STOP);
                stopping = false;
                continued = stopSignal != 0;
                stopSignal = 0;
            } else if ((SignalSet.STOP & bit) != 0) {
                discard(SignalSet.of(SIGCONT));
            } else if (signal == SIGKILL) {
                killed = true;
                stopping = false;
            }
            boolean awaitedNow = (awaited & bit) != 0;
            if (!actions.discards(signal) || (mask & bit) != 0 || awaitedNow) {
                if (isRealTime(signal) && queue.size() >= process.kernel().limits().queuedSignals()) {
                    return -EAGAIN;
                }
                enqueue(info, bit);
            }
            update();
            wake = attention || continued || awaitedNow;
        }
        if (wake) {
            process.drawAttention();
        }
        if (continued) {
            process.kernel().stoppedCount.decrementAndGet();
            process.reportJobControl();
        }
        return 0;
    }

    /**
     * Sends a signal that the process cannot escape, as a fault does: if it is blocked or ignored, the
     * default action is restored first, which kills.
     */
    public void force(SigInfo info) {
        synchronized (this) {
            long bit = SignalSet.of(info.signal());
            if ((mask & bit) != 0 || actions.get(info.signal()).handler() == SigAction.SIG_IGN) {
                setActionLocked(info.signal(), SigAction.DEFAULT);
                mask &= ~bit;
            }
        }
        send(info);
    }

    // Guarded by this.
    private void enqueue(SigInfo info, long bit) {
        if ((pending & bit) == 0 || isRealTime(info.signal())) {
            pending |= bit;
            queue.add(info);
        }
    }

    // Guarded by this.
    private void discard(long set) {
        if ((pending & set) != 0) {
            pending &= ~set;
            queue.removeIf(info -> SignalSet.contains(set, info.signal()));
        }
    }

    // Guarded by this.
    private void update() {
        attention = killed || (pending & ~mask) != 0;
    }

    // ---- the process's own thread ----

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
            int stop;
            synchronized (this) {
                if (killed) {
                    throw new ProcessExit(WaitStatus.signaled(SIGKILL));
                }
                long ready = pending & ~mask;
                if (ready == 0) {
                    if (!restoreMask) {
                        return null;
                    }
                    restoreMask = false;
                    mask = savedMask;
                    update();
                    continue;
                }
                long faults = ready & SignalSet.SYNCHRONOUS;
                int signal = SignalSet.first(faults != 0 ? faults : ready);
                SigInfo info = dequeue(signal);
                SigAction action = actions.get(signal);
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
                        stopping = true;
                        stop = signal;
                    }
                    default -> throw new AssertionError(signal);
                }
            }
            stop(stop);
        }
    }

    // Guarded by this.
    private Delivery enter(int signal, SigAction action, SigInfo info) {
        long old = restoreMask ? savedMask : mask;
        restoreMask = false;
        long own = action.has(SigAction.SA_NODEFER) ? 0 : SignalSet.of(signal);
        mask = (mask | action.mask() | own) & ~SignalSet.UNBLOCKABLE;
        if (action.has(SigAction.SA_RESETHAND)) {
            setActionLocked(signal, new SigAction(SigAction.SIG_DFL, action.flags(), action.mask(), 0));
        }
        update();
        return new Delivery(signal, action, info, old);
    }

    // Guarded by this.
    private SigInfo dequeue(int signal) {
        SigInfo found = null;
        boolean more = false;
        for (Iterator<SigInfo> i = queue.iterator(); i.hasNext(); ) {
            SigInfo info = i.next();
            if (info.signal() != signal) {
                continue;
            }
            if (found != null) {
                more = true;
                break;
            }
            found = info;
            i.remove();
        }
        if (!more) {
            pending &= ~SignalSet.of(signal);
        }
        return found;
    }

    private void stop(int signal) {
        // Nobody could continue a member of an orphaned group, so a terminal does not stop it.
        if (signal != SIGSTOP && process.group().isOrphaned()) {
            return;
        }
        synchronized (this) {
            if (!stopping) {
                return;
            }
            stopping = false;
            stopSignal = signal;
        }
        process.kernel().stoppedCount.incrementAndGet();
        process.reportJobControl();
        Waiter waiter = process.waiter();
        while (true) {
            waiter.prepare();
            synchronized (this) {
                if (killed && stopSignal != 0) {
                    stopSignal = 0;
                    process.kernel().stoppedCount.decrementAndGet();
                }
                if (stopSignal == 0) {
                    return;
                }
            }
            waiter.park();
        }
    }

    /** The signal that has stopped the process, or 0 if it runs. Any thread. */
    public int stopSignal() {
        return stopSignal;
    }

    /** Whether SIGKILL was sent. Any thread. */
    public synchronized boolean isKilled() {
        return killed;
    }

    // ---- actions and masks ----

    /** The action of a valid signal. Any thread. */
    public SigAction action(int signal) {
        return actions.get(signal);
    }

    /**
     * {@code sigaction}.
     *
     * @return 0, or -EINVAL for a signal that does not exist or whose action cannot be changed
     */
    public int setAction(int signal, SigAction action) {
        if (!isValid(signal) || signal == SIGKILL || signal == SIGSTOP) {
            return -EINVAL;
        }
        synchronized (this) {
            setActionLocked(signal, action);
        }
        return 0;
    }

    // Guarded by this.
    private void setActionLocked(int signal, SigAction action) {
        actions = actions.with(signal, action);
        if (actions.discards(signal)) {
            discard(SignalSet.of(signal));
        }
        update();
    }

    /** For {@code exec}: handlers are gone; what is ignored stays ignored. */
    synchronized void resetHandlers() {
        actions = actions.withoutHandlers();
    }

    /** Sets signals to their default actions, as {@code posix_spawn} with SETSIGDEF does. */
    public void setDefault(long signals) {
        for (long left = signals & ~SignalSet.UNBLOCKABLE; left != 0; left &= left - 1) {
            setAction(SignalSet.first(left), SigAction.DEFAULT);
        }
    }

    /** Whether children vanish when they exit, with no wait: SIGCHLD is ignored, or says so. */
    boolean reapsChildren() {
        SigAction action = actions.get(SIGCHLD);
        return action.handler() == SigAction.SIG_IGN || action.has(SigAction.SA_NOCLDWAIT);
    }

    /** The signals that are blocked. Any thread. */
    public long mask() {
        return mask;
    }

    /** Blocks exactly these signals, except those that cannot be blocked. */
    public void setMask(long signals) {
        synchronized (this) {
            mask = signals & ~SignalSet.UNBLOCKABLE;
            update();
        }
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

    /** {@code sigpending}: the signals that wait because they are blocked. Any thread. */
    public synchronized long pending() {
        return pending & mask;
    }

    /** Every signal that waits, blocked or not. Any thread. */
    public synchronized long allPending() {
        return pending;
    }

    /** The signals that are ignored on request. Any thread. */
    public long ignoredSignals() {
        return actions.ignored();
    }

    /** The signals that have handlers. Any thread. */
    public long caughtSignals() {
        return actions.caught();
    }

    // ---- waiting for signals ----

    /**
     * Switches to another mask for the length of one call, as {@code ppoll} and {@code pselect} do.
     * When the call ends with -EINTR, {@link #take} returns to the old mask, after entering the
     * handler that interrupted it; when it ends otherwise, {@link #endTemporaryMask} must.
     */
    public synchronized void beginTemporaryMask(long signals) {
        if (!restoreMask) {
            savedMask = mask;
            restoreMask = true;
        }
        mask = signals & ~SignalSet.UNBLOCKABLE;
        update();
    }

    /** Returns to the mask before {@link #beginTemporaryMask}, unless {@link #take} has. */
    public synchronized void endTemporaryMask() {
        if (restoreMask) {
            restoreMask = false;
            mask = savedMask;
            update();
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
        Waiter waiter = process.waiter();
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
        Waiter waiter = process.waiter();
        try {
            while (true) {
                waiter.prepare();
                synchronized (this) {
                    long ready = pending & set;
                    if (ready != 0) {
                        int signal = SignalSet.first(ready);
                        out[0] = dequeue(signal);
                        update();
                        return signal;
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
            synchronized (this) {
                awaited = 0;
            }
        }
    }
}
