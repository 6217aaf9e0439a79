package org.javix.vfs;

import java.util.ArrayList;

/** The waiters for one condition. Thread-safe. */
public final class WaitQueue {
    // Guarded by this.
    private final ArrayList<Waiter> waiters = new ArrayList<>(2);
    private volatile boolean empty = true;

    /** Adds a waiter; it stays until it is removed. */
    public synchronized void add(Waiter waiter) {
        waiters.add(waiter);
        empty = false;
    }

    /** Removes one entry of a waiter. */
    public synchronized void remove(Waiter waiter) {
        waiters.remove(waiter);
        empty = waiters.isEmpty();
    }

    /** Wakes every waiter. The condition must have changed before. */
    public void wakeAll() {
        if (empty) {
            return;
        }
        synchronized (this) {
            for (Waiter waiter : waiters) {
                waiter.wake();
            }
        }
    }
}
