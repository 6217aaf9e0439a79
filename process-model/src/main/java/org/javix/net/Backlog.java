package org.javix.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.WaitQueue;

/** The connections that a listening socket has not accepted yet. Thread-safe. */
final class Backlog {
    /** What {@code listen} can ask for at most: {@code net.core.somaxconn}. */
    static final int MOST = 4096;

    /** Who waits to connect. */
    final WaitQueue roomy = new WaitQueue();

    // Guarded by this, with what follows.
    private final ArrayDeque<ConnectionSocket> pending = new ArrayDeque<>();
    private int limit;
    private boolean closed;

    /** Sets how many there may be beside the first; what is out of range is the most. */
    void setLimit(int asked) {
        synchronized (this) {
            limit = Integer.compareUnsigned(asked, MOST) > 0 ? MOST : asked;
        }
        roomy.wakeAll();
    }

    /** Connects a client to the listener's end; false if there are too many, or nobody listens any more. */
    synchronized boolean offer(ConnectionSocket client, ConnectionSocket end) {
        if (closed || pending.size() > limit) {
            return false;
        }
        ConnectionSocket.join(client, end);
        pending.add(end);
        return true;
    }

    /** The oldest connection; null if there is none. */
    ConnectionSocket poll() {
        ConnectionSocket first;
        synchronized (this) {
            first = pending.poll();
        }
        if (first != null) {
            roomy.wakeAll();
        }
        return first;
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether {@link #offer} would fail for want of room. */
    synchronized boolean isFull() {
        return !closed && pending.size() > limit;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The connections now. */
    synchronized List<ConnectionSocket> list() {
        return new ArrayList<>(pending);
    }

    /** Accepts no more; answers the connections that nobody will take. */
    List<ConnectionSocket> close() {
        List<ConnectionSocket> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(pending);
            pending.clear();
        }
        roomy.wakeAll();
        return left;
    }
}
