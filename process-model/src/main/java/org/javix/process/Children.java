package org.javix.process;

import static org.javix.process.Process.P_ALL;
import static org.javix.process.Process.P_PGID;
import static org.javix.process.Process.P_PID;
import static org.javix.process.Process.WCONTINUED;
import static org.javix.process.Process.WEXITED;
import static org.javix.process.Process.WNOHANG;
import static org.javix.process.Process.WNOWAIT;
import static org.javix.process.Process.WUNTRACED;
import static org.javix.vfs.Errno.*;

import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * The children of one process, oldest first, and what they have to report.
 *
 * <p>Its lock guards the list, and of each child in it: {@code parent}, the links, and {@code report}.
 * A lock of init's children may be taken while another is held; a {@link SignalState} after either.
 */
final class Children {
    /** {@link Task#wait4}: not the children of other threads, which are all the same here. */
    private static final int WNOTHREAD = 0x2000_0000;
    /** {@link Task#wait4}: all children, whatever signal they end with. */
    private static final int WALL = 0x4000_0000;
    /** {@link Task#wait4}: only children that end without SIGCHLD, of which there are none. */
    private static final int WCLONE = 0x8000_0000;

    private final Process owner;
    private final WaitQueue changed = new WaitQueue();

    // All guarded by this.
    private Process first;
    private Process last;
    private int count;
    private int reports;
    // The owner's children have been moved, and no more may come.
    private boolean closed;
    private ResourceUsage usage = ResourceUsage.NONE;

    Children(Process owner) {
        this.owner = owner;
    }

    /** Adds a new child, or one whose parent has ended. */
    synchronized void add(Process child) {
        child.parent = owner;
        child.previousSibling = last;
        child.nextSibling = null;
        if (last == null) {
            first = child;
        } else {
            last.nextSibling = child;
        }
        last = child;
        count++;
    }

    /** Whether the owner takes no more children. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Forgets a child that was never started. */
    synchronized void remove(Process child) {
        unlink(child);
    }

    // Guarded by this.
    private void unlink(Process child) {
        if (child.previousSibling == null) {
            first = child.nextSibling;
        } else {
            child.previousSibling.nextSibling = child.nextSibling;
        }
        if (child.nextSibling == null) {
            last = child.previousSibling;
        } else {
            child.nextSibling.previousSibling = child.previousSibling;
        }
        child.previousSibling = null;
        child.nextSibling = null;
        count--;
        setReport(child, null);
    }

    // Guarded by this.
    private void setReport(Process child, WaitStatus report) {
        reports += (report == null ? 0 : 1) - (child.report == null ? 0 : 1);
        child.report = report;
    }

    synchronized List<Process> list() {
        List<Process> all = new ArrayList<>(count);
        for (Process child = first; child != null; child = child.nextSibling) {
            all.add(child);
        }
        return all;
    }

    /** What the children that were waited for used. */
    synchronized ResourceUsage usage() {
        return usage;
    }

    /**
     * A child has ended.
     *
     * @return false if the child is no longer one of these, and the caller must look for its new parent
     */
    boolean ended(Process child, WaitStatus status) {
        boolean vanishes;
        synchronized (this) {
            if (child.parent != owner) {
                return false;
            }
            vanishes = owner.signals().reapsChildren();
            child.becomeZombie(status);
            if (vanishes) {
                unlink(child);
            } else {
                setReport(child, status);
            }
            owner.signals().send(child.childSignal(status));
        }
        // Who waits for this child by its number must not find it any more.
        if (vanishes) {
            child.reaped();
        }
        changed.wakeAll();
        return true;
    }

    /** A child has stopped or gone on; which of the two, is looked up under the lock. */
    boolean stoppedOrContinued(Process child) {
        synchronized (this) {
            if (child.parent != owner) {
                return false;
            }
            if (child.hasEnded()) {
                return true;
            }
            int signal = child.signals().stopSignal();
            WaitStatus status = signal == 0 ? new WaitStatus.Continued() : new WaitStatus.Stopped(signal);
            setReport(child, status);
            if (!owner.signals().action(Signal.SIGCHLD).has(SigAction.SA_NOCLDSTOP)) {
                owner.signals().send(child.childSignal(status));
            }
        }
        changed.wakeAll();
        return true;
    }

    /**
     * The owner ends: its children become those of another process.
     *
     * @param reaper an ancestor that collects orphans, or init, which needs no reports
     * @return the children, or null if the reaper itself has just ended
     */
    List<Process> moveTo(Process reaper) {
        List<Process> moved;
        List<Process> zombies = new ArrayList<>();
        boolean wants = reaper != owner.kernel().init();
        synchronized (this) {
            moved = list();
            synchronized (reaper.children) {
                if (reaper.children.closed) {
                    return null;
                }
                closed = true;
                for (Process child : moved) {
                    WaitStatus end = child.status();
                    unlink(child);
                    if (end == null || wants) {
                        reaper.children.add(child);
                    }
                    if (end != null) {
                        zombies.add(child);
                        if (wants) {
                            reaper.children.setReport(child, end);
                        }
                    }
                }
            }
        }
        for (Process zombie : zombies) {
            if (wants) {
                reaper.signals().send(zombie.childSignal(zombie.status()));
            } else {
                zombie.reaped();
            }
        }
        if (wants && !zombies.isEmpty()) {
            reaper.children.changed.wakeAll();
        }
        return moved;
    }

    /** {@link Task#wait4}. */
    int wait4(Waiter waiter, int which, int options, ChildReport out) {
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | WNOTHREAD | WCLONE | WALL)) != 0) {
            return -EINVAL;
        }
        if (which == Integer.MIN_VALUE) {
            return -ESRCH;
        }
        if ((options & (WCLONE | WALL)) == WCLONE) {
            return -ECHILD;
        }
        int type = which > 0 ? P_PID : which == -1 ? P_ALL : P_PGID;
        int id = which > 0 ? which : which == 0 ? owner.group().id() : -which;
        return await(waiter, type, id, options | WEXITED, out);
    }

    /** {@link Task#waitid}. */
    int waitid(Waiter waiter, int type, int id, int options, ChildReport out) {
        int reports = options & (WEXITED | WUNTRACED | WCONTINUED);
        if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | WEXITED | WNOWAIT)) != 0
                || reports == 0
                || type < P_ALL
                || type > P_PGID
                || type == P_PID && id <= 0
                || type == P_PGID && id < 0) {
            return -EINVAL;
        }
        return Math.min(0, await(waiter, type, type == P_PGID && id == 0 ? owner.group().id() : id, options, out));
    }

    /**
     * Waits for a report.
     *
     * @param caller the thread that waits
     * @param type {@code P_ALL}, {@code P_PID} or {@code P_PGID} of {@link Process}
     * @return the child's pid, 0 with WNOHANG, -ECHILD or -EINTR
     */
    private int await(Waiter caller, int type, int id, int options, ChildReport out) {
        Waiter waiter = null;
        try {
            while (true) {
                if (waiter != null) {
                    waiter.prepare();
                }
                Process gone;
                synchronized (this) {
                    Process child = find(type, id, options);
                    if (child == null && !exists(type, id, options)) {
                        return -ECHILD;
                    }
                    gone = child == null ? null : take(child, options, out);
                    if (child != null && gone == null) {
                        return out.pid;
                    }
                }
                if (gone != null) {
                    gone.reaped();
                    return out.pid;
                }
                if ((options & WNOHANG) != 0) {
                    out.pid = 0;
                    out.status = null;
                    return 0;
                }
                if (waiter == null) {
                    waiter = caller;
                    changed.add(waiter);
                    continue;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.park();
            }
        } finally {
            if (waiter != null) {
                changed.remove(waiter);
            }
        }
    }

    // Guarded by this.
    private Process find(int type, int id, int options) {
        if (reports == 0) {
            return null;
        }
        if (type == P_PID) {
            Process child = byNumber(id);
            return child != null && reportable(child, options) ? child : null;
        }
        for (Process child = first; child != null; child = child.nextSibling) {
            if ((type == P_ALL || child.group().id() == id) && reportable(child, options)) {
                return child;
            }
        }
        return null;
    }

    /**
     * The child with a number, or null. One that another thread has just waited for still has its number, but is not
     * among the children any more: whoever waited for it as well would wait for ever. Guarded by this.
     */
    private Process byNumber(int id) {
        Process child = owner.kernel().process(id);
        return child != null && child.parent == owner && (child == first || child.previousSibling != null) ? child : null;
    }

    private static boolean reportable(Process child, int options) {
        return switch (child.report) {
            case null -> false;
            case WaitStatus.Stopped s -> (options & WUNTRACED) != 0;
            case WaitStatus.Continued c -> (options & WCONTINUED) != 0;
            default -> (options & WEXITED) != 0;
        };
    }

    // Guarded by this.
    private boolean exists(int type, int id, int options) {
        boolean ended = (options & WEXITED) != 0;
        if (type == P_ALL && ended) {
            return count > 0;
        }
        if (type == P_PID) {
            Process child = byNumber(id);
            return child != null && (ended || !child.hasEnded());
        }
        for (Process child = first; child != null; child = child.nextSibling) {
            if ((type == P_ALL || child.group().id() == id) && (ended || !child.hasEnded())) {
                return true;
            }
        }
        return false;
    }

    /** Fills in a report; returns the child if that was the end of it. Guarded by this. */
    private Process take(Process child, int options, ChildReport out) {
        out.pid = child.pid();
        out.uid = child.fs().credentials().uid();
        out.status = child.report;
        out.usage = child.totalUsage();
        if ((options & WNOWAIT) != 0) {
            return null;
        }
        if (!child.report.isTermination()) {
            setReport(child, null);
            return null;
        }
        usage = usage.plus(out.usage);
        unlink(child);
        return child;
    }
}
