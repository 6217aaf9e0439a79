package org.javix.vfs;

import java.util.ArrayList;

/** Who is to be told of changes of one condition: waiters, and others that watch it. Thread-safe. */
public final class WaitQueue {
    // Guarded by this.
    private final ArrayList<Wakeable> waiters = new ArrayList<>(2);
    private volatile boolean empty = true;

    /** Adds one who is woken at every change until it is removed. */
    public synchronized void add(Wakeable waiter) {
        waiters.add(waiter);
        empty = false;
    }

    /** Removes one entry. */
    public synchronized void remove(Wakeable waiter) {
        waiters.remove(waiter);
        empty = waiters.isEmpty();
    }

    /** Wakes everyone. The condition must have changed before. */
    public void wakeAll() {
        if (empty) {
            return;
        }
        synchronized (this) {
            for (Wakeable waiter : waiters) {
                waiter.wake();
            }
        }
    }

    /**
     * Wakes everyone, when something has happened that a program can ask to be told of by a signal.
     *
     * @param what a code of {@link FileOwner}
     */
    public void wakeAll(int what) {
        if (empty) {
            return;
        }
        synchronized (this) {
            for (Wakeable waiter : waiters) {
                waiter.wake(what);
            }
        }
    }
}
