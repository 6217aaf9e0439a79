package org.javix.vfs;

import java.util.List;

/**
 * Where the locks of {@link RecordLocks} hold as well: for other programs of the host. It is given the union of what
 * all owners hold, as those programs see it. All calls hold the locks' own lock, and none waits.
 */
interface LockMirror {
    /**
     * Takes a lock on a range for the sandbox, or changes the type of one that it has.
     *
     * @param end the last byte, inclusive
     * @return 0, -EAGAIN if another program is in the way, -ENOLCK
     */
    int lock(int type, long start, long end);

    /** A range is no longer locked as it was: takes over what the owners still hold there. */
    void relax(List<RecordLocks.Range> ranges, long start, long end);

    /** Another program's lock that stands in the way, without an owner, or null. */
    RecordLocks.Range test(int type, long start, long end);

    /** Takes, changes or, with {@link RecordLocks#F_UNLCK}, drops the lock on the whole file: 0, -EAGAIN, -ENOLCK. */
    int lockWhole(int type);
}
