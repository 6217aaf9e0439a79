package org.javix.net;

import org.javix.vfs.FileOwner;
import org.javix.vfs.WaitQueue;

/**
 * What was sent to a socket and not yet received: one direction of a connection, or the inbox of a datagram socket.
 * Nothing here waits. Thread-safe.
 *
 * <p>A sender that found no room is woken when the queue is three quarters empty, as on Linux, and not at every
 * byte that is received; then it also polls as writable.
 */
abstract class ReceiveQueue {
    /** {@link #put} found no room. */
    static final int FULL = -1;

    /** {@link #put} found that the sandbox has no memory left for buffers. */
    static final int NO_MEMORY = -2;

    /** {@link #take} found nothing. */
    static final int EMPTY = -1;

    /** Receivers that wait, and who polls the receiving socket. */
    final WaitQueue readable;
    /** Senders that wait. */
    final WaitQueue roomy = new WaitQueue();
    /** Who polls the sending socket. */
    private final WaitQueue writable;

    private volatile boolean ended;
    private volatile boolean refused;

    ReceiveQueue(WaitQueue readable, WaitQueue writable) {
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * Adds a message, or as much of it as there is room for.
     *
     * @param from how many of its bytes went before
     * @param ancillary what goes with the first of these bytes; null for nothing. On success it is the queue's
     * @return the count, {@link #FULL}, {@link #NO_MEMORY}
     */
    abstract int put(SocketMessage message, long from, Ancillary ancillary);

    /**
     * Takes a message, or what has come.
     *
     * @param into takes files and credentials, too, if nothing was received for it before
     * @param done how many bytes were received for it before
     * @param passesCredentials whether the receiver wants to know who sent
     * @return the count, or {@link #EMPTY}
     */
    abstract long take(SocketMessage into, long done, boolean passesCredentials);

    /** How many bytes are there; of a datagram socket, FIONREAD tells of the first message only. */
    abstract int total();

    abstract boolean isEmpty();

    /** How much of {@link #capacity} is taken. */
    abstract int used();

    abstract int capacity();

    abstract void setCapacity(int size);

    /** Drops what is there. */
    abstract void discard();

    /** Adds the sockets among the files that are on their way in here, for {@link InFlight}. */
    abstract void collect(java.util.function.Consumer<SocketFile> sink);

    /** Whether a sender should be told that it can send. */
    final boolean isWritable() {
        return isLow(used());
    }

    private boolean isLow(int size) {
        return size * 4L <= capacity();
    }

    /** Wakes senders if taking {@code count} has just made it writable. */
    final void taken(int usedAfter, int count) {
        if (isLow(usedAfter) && !isLow(usedAfter + count)) {
            roomy.wakeAll();
            if (writable != null) {
                writable.wakeAll(FileOwner.POLL_OUT);
            }
        }
    }

    final void wakeSenders() {
        roomy.wakeAll();
        if (writable != null) {
            writable.wakeAll();
        }
    }

    /**
     * The sender will send no more.
     *
     * @param gone whether it will not receive either
     */
    final void end(boolean gone) {
        ended = true;
        readable.wakeAll(gone ? FileOwner.POLL_HUP : FileOwner.POLL_IN);
        wakeSenders();
    }

    final boolean hasEnded() {
        return ended;
    }

    /** The receiver will receive no more. */
    final void refuse() {
        refused = true;
        wakeSenders();
        readable.wakeAll();
    }

    final boolean isRefused() {
        return refused;
    }
}
