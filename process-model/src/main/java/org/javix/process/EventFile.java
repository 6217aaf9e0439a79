package org.javix.process;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Waiter;

/**
 * An event counter: {@code eventfd}. A write adds to it and waits while the sum would pass 2^64 - 2; a read
 * takes all of it, or 1 of a semaphore, and waits while it is 0.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 */
public final class EventFile extends AnonymousFile {
    private static final long FULL = -1; // 2^64 - 1

    private final boolean semaphore;
    // Guarded by this; unsigned.
    private long count;

    /**
     * A counter.
     *
     * @param initial its value, at least 0
     * @param semaphore whether a read takes 1
     * @param flags {@code O_NONBLOCK} or 0
     */
    public EventFile(long initial, boolean semaphore, int flags) {
        super("[eventfd]", flags);
        count = initial;
        this.semaphore = semaphore;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (length < COUNT_SIZE) {
            return -EINVAL;
        }
        return await(waiter, () -> take(buffer, at));
    }

    private long take(MemorySegment buffer, long at) {
        synchronized (this) {
            if (count == 0) {
                return -EAGAIN;
            }
            long taken = semaphore ? 1 : count;
            count -= taken;
            buffer.set(COUNT, at, taken);
        }
        changed.wakeAll();
        return COUNT_SIZE;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (length != COUNT_SIZE) {
            return -EINVAL;
        }
        long more = buffer.get(COUNT, at);
        return more == FULL ? -EINVAL : await(waiter, () -> add(more));
    }

    private long add(long more) {
        synchronized (this) {
            if (Long.compareUnsigned(FULL - count, more) <= 0) {
                return -EAGAIN;
            }
            count += more;
        }
        changed.wakeAll();
        return COUNT_SIZE;
    }

    /** Adds to the counter on behalf of the kernel; beyond its largest value it stays there. */
    void signal(long more) {
        synchronized (this) {
            count = Long.compareUnsigned(FULL - count, more) <= 0 ? FULL : count + more;
        }
        changed.wakeAll();
    }

    @Override
    public synchronized int poll() {
        return (count != 0 ? PollEvents.POLLIN : 0)
                | (count == FULL ? PollEvents.POLLERR : 0)
                | (Long.compareUnsigned(count, FULL - 1) < 0 ? PollEvents.POLLOUT : 0);
    }
}
