package org.javix.vfs;

import static org.javix.vfs.Errno.ENOLCK;

/**
 * The advisory locks on one file: ranges locked through {@code fcntl}, and whole files through
 * {@code flock}.
 *
 * <p>An owner is any object, compared by identity. {@code fcntl} locks of a process belong to its
 * {@link FdTable}, which drops them when any descriptor of the file closes; open-file-description
 * and {@code flock} locks belong to the {@link OpenFile}. The two families do not see each other.
 * Thread-safe.
 */
public final class RecordLocks {
    /** Shared lock. */
    public static final int F_RDLCK = 0;

    /** Exclusive lock. */
    public static final int F_WRLCK = 1;

    /** No lock. */
    public static final int F_UNLCK = 2;

    /**
     * A locked range.
     *
     * @param owner whose it is
     * @param pid the process to name to others; -1 for an open file description
     * @param type {@link #F_RDLCK} or {@link #F_WRLCK}
     * @param start the first byte
     * @param end the last byte; {@link Long#MAX_VALUE} for up to the end of file and beyond
     */
    public record Range(Object owner, int pid, int type, long start, long end) {}

    RecordLocks() {}

    /**
     * Sets or removes a lock ({@code F_SETLK}; {@code F_SETLKW} with a waiter).
     *
     * @param type {@link #F_RDLCK}, {@link #F_WRLCK} or {@link #F_UNLCK}
     * @param end the last byte, inclusive
     * @param waiter null to fail with EAGAIN instead of waiting
     * @return 0, -EAGAIN, -EDEADLK, -EINTR
     */
    public int set(Object owner, int pid, int type, long start, long end, Waiter waiter) {
        return -ENOLCK;
    }

    /** A lock that stands in the way of the given one ({@code F_GETLK}), or null. */
    public Range test(Object owner, int type, long start, long end) {
        return null;
    }

    /**
     * {@code flock}: sets, converts or removes the lock of an open file on the whole file.
     *
     * @param waiter null to fail with EAGAIN instead of waiting
     * @return 0, -EAGAIN, -EINTR
     */
    public int flock(Object owner, int type, Waiter waiter) {
        return -ENOLCK;
    }

    /** Drops all locks of an owner. */
    public void releaseAll(Object owner) {}
}
