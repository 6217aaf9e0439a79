package org.javix.process;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that unread messages of a sandbox take, of all its queues together. Thread-safe. */
final class MessageSpace {
    /** How many bytes there may be. */
    static final long MOST = 64 << 20;

    /** What a message takes beside its bytes. */
    static final int OVERHEAD = 48;

    private final AtomicLong used = new AtomicLong();

    /** Takes the room of a message of this length; false (ENOMEM) if there is none. */
    boolean take(int length) {
        long bytes = length + OVERHEAD;
        if (used.addAndGet(bytes) <= MOST) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives the room of a message back. */
    void give(int length) {
        used.addAndGet(-length - OVERHEAD);
    }
}
