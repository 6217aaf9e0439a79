package org.javix.vfs;

import java.util.concurrent.locks.LockSupport;

/**
 * The thread that makes a call, as far as blocking needs to know it.
 *
 * <p>A blocking call adds its waiter to the {@link WaitQueue} of what it waits for, looks at the
 * condition, and parks; whoever changes the condition wakes the queue. A signal wakes the waiter
 * itself. No {@link Thread#interrupt} is involved, so host channels are never closed by accident.
 *
 * <p>{@link #wake} may be called from any thread; everything else only by the waiting thread.
 */
public abstract class Waiter implements Wakeable {
    private final Thread thread;
    private volatile boolean woken;

    /** A waiter for {@code thread}. */
    protected Waiter(Thread thread) {
        this.thread = thread;
    }

    /** A waiter for the current thread that nothing interrupts. */
    public static Waiter uninterruptible() {
        return new Waiter(Thread.currentThread()) {
            @Override
            public boolean interrupted() {
                return false;
            }
        };
    }

    /** The waiting thread. */
    public final Thread thread() {
        return thread;
    }

    /**
     * Who the caller acts as now, which decides what a write does to set-id bits.
     *
     * @param opener who opened the file, for a caller that nothing else is known of
     */
    public Credentials credentials(Credentials opener) {
        return opener;
    }

    /** Whether a blocking call must stop with {@code EINTR}: a signal waits to be delivered. */
    public abstract boolean interrupted();

    /** Lets {@link #park} return now, or at once when it is next called. */
    @Override
    public final void wake() {
        woken = true;
        wakes();
        LockSupport.unpark(thread);
    }

    /**
     * Parks until woken. Clear old wake-ups with {@link #prepare} before the condition is tested:
     * {@code prepare; test; park}, in this order, loses no wake-up.
     */
    public final void park() {
        if (!woken) {
            parks();
            while (!woken) {
                LockSupport.park(this);
            }
            goesOn();
        }
    }

    /**
     * Parks until woken or until {@link System#nanoTime} reaches {@code deadline}.
     *
     * @return whether it was woken
     */
    public final boolean parkUntil(long deadline) {
        if (woken) {
            return true;
        }
        parks();
        long left = deadline - System.nanoTime();
        while (!woken && left > 0) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
        goesOn();
        return woken;
    }

    /** Called by whoever wakes it, from any thread, before it is let go on. */
    protected void wakes() {}

    /** Called on the waiting thread before it parks. */
    protected void parks() {}

    /** Called on the waiting thread after it has parked. */
    protected void goesOn() {}

    /** Forgets earlier wake-ups; call it before the condition is tested. */
    public final void prepare() {
        woken = false;
    }
}
