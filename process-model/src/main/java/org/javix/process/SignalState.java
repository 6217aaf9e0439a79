package org.javix.process;

import static org.javix.process.Signal.*;
import static org.javix.vfs.Errno.*;

import org.javix.vfs.WaitQueue;
import java.util.concurrent.locks.LockSupport;
import org.javix.vfs.Waiter;

/**
 * The signals of one process: what is done about each, what waits for any of its threads, and what concerns all threads
 * at once: stop, continue, the end, and exec.
 *
 * <p>Sending works from any thread, and only records the signal and draws the attention of a thread that does not
 * block it. Everything else happens on that thread, in {@link TaskSignals#take}: it carries out default actions, and hands
 * back those signals that have a handler. So a stopped process consists of threads that park inside {@code take},
 * and a killed one of threads that {@code take} threw out.
 *
 * <p>One lock, this object's, guards the signals of the process and of all its threads, and the list of threads.
 */
public final class SignalState {
    /** Between two looks at whether a thread keeps still, in nanoseconds. */
    private static final long FREEZE_PAUSE = 10_000;

    private final Process process;

    // Guarded by this: what was sent to the process, for any thread.
    final PendingSignals pending = new PendingSignals();

    // Woken when a signal was recorded, for whichever thread.
    private final WaitQueue arrivals = new WaitQueue();
    // Written under this.
    private volatile SignalActions actions;
    // Written under this: how the process ends, once that is settled; its threads only have to notice.
    private volatile WaitStatus ending;
    // Written under this: the thread that waits in exec for all others to end.
    private volatile Task execing;
    // Written under this: the thread for which all others keep still.
    private volatile Task freezing;
    // Guarded by this: between taking a stop signal and stopping; SIGCONT clears it.
    private boolean stopping;
    // Written under this: the signal that stopped the process, 0 if it runs.
    private volatile int stopSignal;
    // Guarded by this: whether all threads have stopped, and the parent was told.
    private boolean stopReported;

    SignalState(Process process) {
        this.process = process;
        actions = SignalActions.INITIAL;
    }

    /** For a fork: the same actions, and nothing pending. */
    SignalState(Process process, SignalState parent) {
        this.process = process;
        actions = parent.actions;
    }

    // ---- sending: any thread ----

    /**
     * Records a signal for the process. No permission is checked.
     *
     * @return 0, or -EAGAIN if too many real-time signals are queued
     */
    public int send(SigInfo info) {
        return send(info, null);
    }

    /** Records a signal for one thread, or for the process if that is null. */
    int send(SigInfo info, Task directed) {
        int signal = info.signal();
        long bit = SignalSet.of(signal);
        boolean continued = false;
        Task target;
        synchronized (this) {
            if (ending != null || process.hasEnded()) {
                return 0;
            }
            if (signal == SIGKILL) {
                settle(WaitStatus.signaled(SIGKILL));
                target = null;
            } else {
                if (signal == SIGCONT) {
                    discard(SignalSet.STOP);
                    stopping = false;
                    continued = stopSignal != 0;
                    resume();
                } else if ((SignalSet.STOP & bit) != 0) {
                    discard(SignalSet.of(SIGCONT));
                }
                target = directed != null ? directed : choose(bit);
                int error = enqueue(info, bit, directed, target);
                if (error < 0) {
                    return error;
                }
                target = target != null && target.signals().hears(bit) ? target : null;
            }
        }
        if (target != null) {
            target.drawAttention();
        }
        arrivals.wakeAll();
        if (signal == SIGKILL || continued) {
            wakeAll();
        }
        if (continued) {
            process.reportJobControl();
        }
        return 0;
    }

    /** Woken when a signal was recorded, for whichever thread. */
    WaitQueue arrivals() {
        return arrivals;
    }

    /**
     * The thread to tell of a signal: the first that does not block it, or waits for it; as on Linux, rather one
     * that has no other to deal with. Null if all block it. Guarded by this.
     */
    private Task choose(long bit) {
        Task busy = null;
        for (Task task : process.tasks()) {
            TaskSignals signals = task.signals();
            if (!signals.blocks(bit) || signals.awaits(bit)) {
                if (!signals.needsAttention()) {
                    return task;
                }
                busy = busy == null ? task : busy;
            }
        }
        return busy;
    }

    // Guarded by this.
    private int enqueue(SigInfo info, long bit, Task directed, Task target) {
        boolean heard = target != null && !target.signals().blocks(bit) && !target.signals().awaits(bit);
        if (heard && actions.discards(info.signal())) {
            return 0;
        }
        PendingSignals place = directed == null ? pending : directed.signals().own;
        if (isRealTime(info.signal()) && place.size() >= mostQueued()) {
            // Linux forgets the origin of what need not have one, and sends it once.
            if (info.code() != SigInfo.SI_USER && info.code() != SigInfo.SI_KERNEL) {
                return -EAGAIN;
            }
            if ((place.set() & bit) != 0) {
                return 0;
            }
        }
        place.add(info);
        if (target != null) {
            target.signals().update();
        }
        return 0;
    }

    private long mostQueued() {
        long own = process.rlimits().soft(Rlimit.SIGPENDING);
        long most = process.kernel().limits().queuedSignals();
        return own < 0 ? most : Math.min(own, most);
    }

    // Guarded by this.
    private void discard(long set) {
        pending.discard(set);
        for (Task task : process.tasks()) {
            task.signals().own.discard(set);
        }
    }

    // Guarded by this.
    private void updateAll() {
        for (Task task : process.tasks()) {
            task.signals().update();
        }
    }

    private void wakeAll() {
        for (Task task : process.tasks()) {
            task.drawAttention();
        }
    }

    /**
     * A thread ends or blocks signals, of which some wait for the process: others hear of them. Guarded by this.
     */
    void retarget(Task leaving, long signals) {
        Task[] tasks = process.tasks();
        long left = pending.set() & signals;
        if (left == 0 || tasks.length == 1 && tasks[0] == leaving) {
            return;
        }
        for (Task task : tasks) {
            if (task != leaving && !task.signals().needsAttention()) {
                task.signals().update();
                if (task.signals().hears(left)) {
                    task.drawAttention();
                }
            }
        }
    }

    // ---- the end ----

    /** Settles how the process ends, unless that is settled already. Guarded by this. */
    private void settle(WaitStatus how) {
        if (ending == null) {
            ending = how;
            stopping = false;
            resume();
            updateAll();
        }
    }

    /** Ends all threads. Any thread. */
    void end(WaitStatus how) {
        synchronized (this) {
            settle(how);
        }
        wakeAll();
    }

    /** How the process is going to end, of which its threads may not have heard yet; null while it lives. Any thread. */
    public WaitStatus ending() {
        return ending;
    }

    /**
     * A thread has ended.
     *
     * @param how how it ended
     * @param whole whether the process is to end with it
     * @return how the process ends if this was its last thread, else null
     */
    WaitStatus taskEnded(Task task, WaitStatus how, boolean whole) {
        Task waiting;
        boolean stopped;
        synchronized (this) {
            process.removeTask(task);
            if (process.tasks().length == 0) {
                WaitStatus last = ending != null ? ending : whole || task == process.main() ? how : process.mainStatus();
                ending = last;
                return last;
            }
            if (whole) {
                settle(how);
            } else if (task == process.main()) {
                process.setMainStatus(how);
            }
            retarget(task, ~task.signals().mask());
            waiting = execing;
            stopped = allStopped();
        }
        if (whole) {
            wakeAll();
        }
        if (waiting != null) {
            waiting.drawAttention();
        }
        if (stopped) {
            process.reportJobControl();
        }
        return null;
    }

    /** Ends all threads but the caller, which becomes the first: for exec. */
    void endOthers(Task caller) {
        if (process.tasks().length == 1) {
            return;
        }
        synchronized (this) {
            check(caller);
            execing = caller;
            updateAll();
        }
        wakeAll();
        Waiter waiter = caller.waiter();
        while (true) {
            waiter.prepare();
            synchronized (this) {
                check(caller);
                if (process.tasks().length == 1) {
                    execing = null;
                    process.becomeMain(caller);
                    caller.signals().update();
                    return;
                }
            }
            waiter.park();
        }
    }

    /** Throws a thread out whose time has come. Guarded by this. */
    void check(Task task) {
        if (ending != null) {
            throw new ProcessExit(ending);
        }
        if (execing != null && execing != task) {
            throw ProcessExit.ofThread(WaitStatus.SUCCESS);
        }
    }

    /** Whether a thread has something to do that concerns all threads. Guarded by this. */
    boolean concerns(Task task) {
        return ending != null || mustKeepStill(task) || execing != null && execing != task;
    }

    /** Whether a thread that goes on living must not run now. Guarded by this. */
    boolean mustKeepStill(Task task) {
        return ending == null && (stopSignal != 0 || freezing != null && freezing != task);
    }

    /** {@link #concerns}, for any thread. */
    synchronized boolean isConcerned(Task task) {
        return concerns(task);
    }

    // ---- stop and continue ----

    /** A thread has taken a stop signal; false if it does not stop the process. */
    void beginStop(int signal) {
        // Nobody could continue a member of an orphaned group, so a terminal does not stop it.
        if (signal != SIGSTOP && process.group().isOrphaned()) {
            return;
        }
        synchronized (this) {
            if (!stopping) {
                return;
            }
            stopping = false;
            if (stopSignal == 0) {
                stopReported = false;
                process.kernel().stoppedCount.incrementAndGet();
            }
            stopSignal = signal;
            updateAll();
        }
        if (process.tasks().length > 1) {
            wakeAll();
        }
    }

    /** A stop signal was taken; {@link #beginStop} follows. Guarded by this. */
    void announceStop() {
        stopping = true;
    }

    // Guarded by this.
    private void resume() {
        if (stopSignal != 0) {
            stopSignal = 0;
            process.kernel().stoppedCount.decrementAndGet();
            updateAll();
        }
    }

    /** Keeps a thread that must not run until it goes on or ends. */
    void awaitContinue(Task task) {
        Waiter waiter = task.waiter();
        while (true) {
            waiter.prepare();
            boolean stopped;
            synchronized (this) {
                if (!mustKeepStill(task)) {
                    task.signals().setStopped(false);
                    return;
                }
                task.signals().setStopped(true);
                stopped = allStopped();
            }
            if (stopped) {
                process.reportJobControl();
            }
            waiter.park();
        }
    }

    /** Whether the last thread has just stopped. Guarded by this. */
    private boolean allStopped() {
        if (stopSignal == 0 || stopReported) {
            return false;
        }
        for (Task task : process.tasks()) {
            if (!task.signals().isStopped()) {
                return false;
            }
        }
        stopReported = true;
        return true;
    }

    /** The signal that has stopped the process, or 0 if it runs. Any thread. */
    public int stopSignal() {
        return stopSignal;
    }

    // ---- keeping still ----

    /**
     * Lets all other threads keep still, each at its next safepoint; those that wait in calls go on waiting, and keep still
     * when they return. Returns when all do; only a thread in the midst of a call that does not wait may still be at work.
     *
     * @throws ProcessExit if the process ends meanwhile
     */
    void freezeOthers(Task caller) {
        while (true) {
            synchronized (this) {
                check(caller);
                if (freezing == null) {
                    freezing = caller;
                    updateAll();
                    break;
                }
            }
            awaitContinue(caller);
        }
        for (Task task : process.tasks()) {
            task.nudge();
            while (task != caller && !task.isStill() && process.task(task.tid()) == task) {
                LockSupport.parkNanos(FREEZE_PAUSE);
            }
        }
    }

    /** Lets the others go on after {@link #freezeOthers}. */
    void thawOthers(Task caller) {
        if (freezing != caller) {
            return;
        }
        synchronized (this) {
            freezing = null;
            updateAll();
        }
        for (Task task : process.tasks()) {
            if (task.isStill()) {
                task.drawAttention();
            }
        }
    }

    // ---- actions ----

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
            changeAction(signal, action);
        }
        return 0;
    }

    /** {@link #setAction}. Guarded by this. */
    void changeAction(int signal, SigAction action) {
        actions = actions.with(signal, action);
        if (actions.discards(signal)) {
            discard(SignalSet.of(signal));
        }
        updateAll();
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

    /** The signals that wait for any thread of the process, blocked or not. Any thread. */
    public synchronized long pending() {
        return pending.set();
    }

    /** The signals that are ignored on request. Any thread. */
    public long ignoredSignals() {
        return actions.ignored();
    }

    /** The signals that have handlers. Any thread. */
    public long caughtSignals() {
        return actions.caught();
    }
}
