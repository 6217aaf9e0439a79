package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINTR;

import java.util.ArrayList;
import java.util.function.LongSupplier;

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

    /**
     * Tries something until it can be done, and waits here in between.
     *
     * @param attempt gives {@code -EAGAIN} while it cannot, having seen to it that this queue is woken when it can
     * @return what the attempt gave; {@code -EINTR}
     */
    public long retry(Waiter waiter, LongSupplier attempt) {
        add(waiter);
        try {
            while (true) {
                waiter.prepare();
                long result = attempt.getAsLong();
                if (result != -EAGAIN) {
                    return result;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.park();
            }
        } finally {
            remove(waiter);
        }
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
