package org.javix.vfs;

import java.lang.foreign.MemorySegment;

/**
 * What an {@link OpenFile} that is a socket can do beyond reading and writing. Flags and results are
 * Linux's; a negative result is an {@link Errno}. Thread-safe.
 */
public interface Socket {
    /** {@link #receive}: leave the bytes where they are. */
    int MSG_PEEK = 2;

    /** {@link #receive} gave this back: a datagram was longer than the buffer. */
    int MSG_TRUNC = 0x20;

    /** {@link #receive}: wait until the buffer is full. */
    int MSG_WAITALL = 0x100;

    /** {@link #shutdown}: nothing more will be received. */
    int SHUT_RD = 0;

    /** {@link #shutdown}: nothing more will be sent. */
    int SHUT_WR = 1;

    /** {@link #shutdown}: both. */
    int SHUT_RDWR = 2;

    /** Whether it keeps the bounds of messages ({@code SOCK_DGRAM}). */
    boolean isDatagram();

    /**
     * Takes a connection that has come in.
     *
     * @param flags {@link OpenFlags#O_NONBLOCK} for the new socket
     * @return the new socket with one reference; EAGAIN, EINTR, EINVAL if it does not listen, EOPNOTSUPP
     */
    Result<OpenFile> accept(Waiter waiter, int flags);

    /**
     * Receives bytes.
     *
     * @param flags {@link #MSG_PEEK}, {@link #MSG_WAITALL}
     * @return the count, with {@link #MSG_TRUNC} in its upper half where a datagram was cut off; 0 at the
     *     end; EAGAIN, ECONNRESET, EINTR, ENOTCONN
     */
    long receive(Waiter waiter, MemorySegment buffer, long at, long length, int flags);

    /** Sends bytes: the count, or EAGAIN, ECONNRESET, EINTR, ENOTCONN, EPIPE. */
    long send(Waiter waiter, MemorySegment buffer, long at, long length, int flags);

    /**
     * Ends one or both directions.
     *
     * @param how {@link #SHUT_RD}, {@link #SHUT_WR}, {@link #SHUT_RDWR}
     * @return 0, or ENOTCONN
     */
    int shutdown(int how);
}
