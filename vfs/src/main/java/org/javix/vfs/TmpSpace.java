package org.javix.vfs;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a {@link TmpFs} holds and may hold, in bytes of pages and in inodes. It may be part of a larger one, which
 * then has to have room, too. Thread-safe.
 */
final class TmpSpace {
    private final TmpSpace whole;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong inodes = new AtomicLong();
    private volatile long maxBytes;
    private volatile long maxInodes;
    private volatile boolean released;

    /** @param whole what it is part of; may be null */
    TmpSpace(TmpSpace whole, long maxBytes, long maxInodes) {
        this.whole = whole;
        this.maxBytes = maxBytes;
        this.maxInodes = maxInodes;
    }

    long maxBytes() {
        return maxBytes;
    }

    long maxInodes() {
        return maxInodes;
    }

    /** Changes the limits; false if more is in use already. */
    boolean resize(long newBytes, long newInodes) {
        if (bytes.get() > newBytes || inodes.get() > newInodes) {
            return false;
        }
        maxBytes = newBytes;
        maxInodes = newInodes;
        return true;
    }

    long bytes() {
        return bytes.get();
    }

    long inodes() {
        return inodes.get();
    }

    boolean takeInode() {
        if (!take(inodes, 1, maxInodes)) {
            return false;
        }
        if (whole != null && !whole.takeInode()) {
            inodes.getAndDecrement();
            return false;
        }
        return true;
    }

    void giveInodes(int count) {
        inodes.getAndAdd(-count);
        if (whole != null && !released) {
            whole.giveInodes(count);
        }
    }

    boolean takeBytes(long amount) {
        if (!take(bytes, amount, maxBytes)) {
            return false;
        }
        if (whole != null && !whole.takeBytes(amount)) {
            bytes.getAndAdd(-amount);
            return false;
        }
        return true;
    }

    void giveBytes(long amount) {
        bytes.getAndAdd(-amount);
        if (whole != null && !released) {
            whole.giveBytes(amount);
        }
    }

    /** Gives everything back to the whole: nobody can use it any more. May be called again. */
    synchronized void release() {
        if (whole != null && !released) {
            released = true;
            maxBytes = maxInodes = 0;
            whole.giveBytes(bytes.get());
            whole.giveInodes((int) inodes.get());
        }
    }

    private static boolean take(AtomicLong used, long amount, long limit) {
        if (used.addAndGet(amount) <= limit) {
            return true;
        }
        used.getAndAdd(-amount);
        return false;
    }
}
