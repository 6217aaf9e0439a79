package org.javix.vfs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many open file descriptions a system has at once, and may have; see {@link Mounts#openFiles}.
 * Descriptors that share one, by {@code dup} or {@code fork}, count once.
 *
 * <p>As on Linux a call looks whether there is room before it opens and counts afterwards, so calls at the
 * same time may go beyond the limit, each by what it opens. Unlike Linux the superuser is bound too: in a sandbox
 * the limit protects the JVM. Thread-safe.
 */
public final class OpenFileCount {
    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    /** @param most how many there may be; more is ENFILE */
    public OpenFileCount(int most) {
        this.most = most;
    }

    /** Whether this many more would be too many. */
    public boolean lacksRoomFor(int more) {
        return more > most - count.get();
    }

    /** Counts a file until its last reference is gone. One that is counted already stays counted once. */
    public void add(OpenFile file) {
        if (file.countedBy(this)) {
            count.incrementAndGet();
        }
    }

    void remove() {
        count.decrementAndGet();
    }

    /** How many there may be. */
    public int most() {
        return most;
    }

    /** How many there are. */
    public int count() {
        return count.get();
    }
}
