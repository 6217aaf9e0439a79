package org.javix.net;

import static org.javix.vfs.Errno.EAGAIN;

import java.util.function.LongSupplier;
import org.javix.process.Deadline;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * What a call that may block does between its looks at a socket. It joins the queue when its first look finds nothing, and
 * looks once more before it parks; its time runs from then on. Of the thread that makes the call.
 */
final class SocketWait implements AutoCloseable {
    private final Waiter waiter;
    private final WaitQueue queue;
    private final LongSupplier deadlines;
    private long deadline;
    private boolean queued;

    /** @param deadlines when time is up, asked when the wait begins: see {@link Deadline} */
    SocketWait(Waiter waiter, WaitQueue queue, LongSupplier deadlines) {
        this.waiter = waiter;
        this.queue = queue;
        this.deadlines = deadlines;
    }

    /** Comes before each look. */
    void prepare() {
        if (queued) {
            waiter.prepare();
        }
    }

    /**
     * Comes after a look that found nothing.
     *
     * @param done the bytes that the call has moved already
     * @return 0 to look again; else the call's result: {@code done}, or if that is 0, -EINTR, or -EAGAIN when time is up
     */
    long await(long done) {
        if (!queued) {
            queue.add(waiter);
            queued = true;
            deadline = deadlines.getAsLong();
            return 0;
        }
        if (waiter.interrupted()) {
            return done > 0 ? done : Deadline.interrupted(waiter, deadline);
        }
        if (!Deadline.park(waiter, deadline)) {
            return done > 0 ? done : -EAGAIN;
        }
        return 0;
    }

    @Override
    public void close() {
        if (queued) {
            queue.remove(waiter);
        }
    }
}
