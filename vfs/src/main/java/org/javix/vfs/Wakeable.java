package org.javix.vfs;

/** What a {@link WaitQueue} wakes. */
@FunctionalInterface
public interface Wakeable {
    /**
     * The condition may have changed. Called by any thread, often, under the queue's lock: it must be quick, and must
     * not add to or remove from that queue.
     */
    void wake();

    /**
     * As {@link #wake}, for those who want to know why.
     *
     * @param what has happened, such as {@link FileOwner#POLL_IN}
     */
    default void wake(int what) {
        wake();
    }
}
