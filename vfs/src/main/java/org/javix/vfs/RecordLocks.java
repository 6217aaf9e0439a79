package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EDEADLK;
import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.ENOLCK;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The advisory locks on one file, or on a pipe or the like: ranges locked through {@code fcntl}, and whole files through
 * {@code flock}.
 *
 * <p>An owner is any object, compared by identity. {@code fcntl} locks of a process belong to its
 * {@link FdTable}, which drops them when any descriptor of the file closes; open-file-description
 * locks and {@code flock} locks belong to the {@link OpenFile}. The two families do not see each
 * other. Thread-safe.
 *
 * <p>The ranges of one owner never overlap, and neighbours of one type are merged; so setting a lock
 * cuts the range out of what the owner has and adds it anew.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/fcntl.html">fcntl</a>
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
    public record Range(Object owner, int pid, int type, long start, long end) {
        private boolean conflicts(Object other, int otherType, long from, long to) {
            return owner != other && (type == F_WRLCK || otherType == F_WRLCK) && start <= to && end >= from;
        }

        private Range part(long from, long to) {
            return new Range(owner, pid, type, from, to);
        }
    }

    /** A lock as {@code /proc} shows it. */
    public record Held(Range range, boolean whole) {}

    /** All locks that are held; those of {@code flock} among them, which are over the whole file. */
    public synchronized List<Held> held() {
        List<Held> all = new ArrayList<>();
        ranges.forEach(range -> all.add(new Held(range, false)));
        whole.forEach(range -> all.add(new Held(range, true)));
        return all;
    }

    private static final int MAX_RANGES = 1 << 14;

    /** A program outside of the sandbox has the lock: nobody will tell when it is free. */
    private static final int ELSEWHERE = Integer.MIN_VALUE;

    /** How often it is looked then, in nanoseconds. */
    private static final long FIRST_PAUSE = 200_000;

    private static final long LONGEST_PAUSE = 20_000_000;

    /** That an owner waits in a file for those who have what it wants. */
    private record Wait(RecordLocks file, Range wanted, Set<Object> holders) {}

    /**
     * Who waits for whom, in all files: a lock that would close a circle is refused. Guarded by
     * itself, taken after the lock of a file.
     */
    private static final Map<Object, Wait> WAITING = new IdentityHashMap<>();

    // Guarded by this. As on Linux, so that F_GETLK finds the same lock of several: owners in the order in which they came,
    // those of one in the order of their starts.
    private final List<Range> ranges = new ArrayList<>();
    // The flock family: ranges over the whole file. Guarded by this.
    private final List<Range> whole = new ArrayList<>();
    private final WaitQueue queue = new WaitQueue();

    // Where the locks hold as well; null if nowhere else.
    private final LockMirror mirror;

    /** Locks that hold in the sandbox alone. */
    public RecordLocks() {
        this(null);
    }

    RecordLocks(LockMirror mirror) {
        this.mirror = mirror;
    }

    /**
     * Sets or removes a lock ({@code F_SETLK}; {@code F_SETLKW} with a waiter).
     *
     * @param type {@link #F_RDLCK}, {@link #F_WRLCK} or {@link #F_UNLCK}
     * @param end the last byte, inclusive
     * @param waiter null to fail with EAGAIN instead of waiting
     * @return 0, -EAGAIN, -EDEADLK, -EINTR, -ENOLCK (too many ranges in this file)
     */
    public int set(Object owner, int pid, int type, long start, long end, Waiter waiter) {
        Range wanted = new Range(owner, pid, type, start, end);
        if (type == F_UNLCK) {
            synchronized (this) {
                unlock(owner, start, end);
            }
            queue.wakeAll();
            return 0;
        }
        // An open file may be shared, so who waits for one of its locks may not be who could release it.
        return acquire(ranges, wanted, waiter, !(owner instanceof OpenFile));
    }

    /** A lock that stands in the way of the given one ({@code F_GETLK}), or null. */
    public synchronized Range test(Object owner, int type, long start, long end) {
        for (Range range : ranges) {
            if (range.conflicts(owner, type, start, end)) {
                return range;
            }
        }
        return mirror == null ? null : mirror.test(type, start, end);
    }

    /** The first lock of an owner within a range, or null. */
    public synchronized Range own(Object owner, long start, long end) {
        for (Range range : ranges) {
            if (range.owner == owner && range.start <= end && range.end >= start) {
                return range;
            }
        }
        return null;
    }

    /**
     * {@code flock}: sets, converts or removes the lock of an open file on the whole file. As on Linux a
     * conversion drops the old lock first, so another may get in between.
     *
     * @param waiter null to fail with EAGAIN instead of waiting
     * @return 0, -EAGAIN, -EINTR
     */
    public int flock(Object owner, int type, Waiter waiter) {
        boolean dropped;
        synchronized (this) {
            for (Range range : whole) {
                if (range.owner == owner && range.type == type) {
                    return 0;
                }
            }
            dropped = dropWhole(owner);
        }
        if (dropped) {
            queue.wakeAll();
        }
        return type == F_UNLCK ? 0 : acquire(whole, new Range(owner, -1, type, 0, Long.MAX_VALUE), waiter, false);
    }

    /** Drops all locks of an owner. */
    public void releaseAll(Object owner) {
        boolean dropped;
        synchronized (this) {
            dropped = unlock(owner, 0, Long.MAX_VALUE);
            dropped |= dropWhole(owner);
        }
        if (dropped) {
            queue.wakeAll();
        }
    }

    private boolean dropWhole(Object owner) {
        boolean dropped = whole.removeIf(range -> range.owner == owner);
        if (dropped && mirror != null && whole.isEmpty()) {
            mirror.lockWhole(F_UNLCK);
        }
        return dropped;
    }

    private static boolean isBusy(int result) {
        return result == -EAGAIN || result == ELSEWHERE;
    }

    private int acquire(List<Range> family, Range wanted, Waiter waiter, boolean detectDeadlock) {
        int result = attempt(family, wanted, false);
        if (!isBusy(result)) {
            return result;
        }
        if (waiter == null) {
            return -EAGAIN;
        }
        queue.add(waiter);
        long pause = FIRST_PAUSE;
        try {
            for (;;) {
                waiter.prepare();
                result = attempt(family, wanted, detectDeadlock);
                if (!isBusy(result)) {
                    return result;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                if (result == ELSEWHERE) {
                    // Waiting in the host's kernel would block the carrier of this thread.
                    waiter.parkUntil(System.nanoTime() + pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE);
                } else {
                    waiter.park();
                }
            }
        } finally {
            queue.remove(waiter);
            if (detectDeadlock) {
                synchronized (WAITING) {
                    WAITING.remove(wanted.owner);
                }
            }
        }
    }

    /**
     * Takes the lock if it is free: 0, -EAGAIN, {@link #ELSEWHERE} if somebody outside has it, or -EDEADLK if
     * waiting would be for ever.
     */
    private int attempt(List<Range> family, Range wanted, boolean willWait) {
        boolean changed;
        synchronized (this) {
            if (isHeld(family, wanted)) {
                return !willWait || waitFor(wanted, holders(family, wanted)) ? -EAGAIN : -EDEADLK;
            }
            if (family.size() >= MAX_RANGES) {
                return -ENOLCK;
            }
            if (mirror != null) {
                int error = family == whole
                        ? mirror.lockWhole(wanted.type)
                        : mirror.lock(wanted.type, wanted.start, wanted.end);
                if (error < 0) {
                    return error == -EAGAIN ? ELSEWHERE : error;
                }
            }
            changed = put(family, wanted);
        }
        if (changed) {
            queue.wakeAll(); // a write lock may have become a read lock
        }
        return 0;
    }

    /** Whether anybody stands in the way of a lock. */
    private static boolean isHeld(List<Range> family, Range wanted) {
        for (Range range : family) {
            if (range.conflicts(wanted.owner, wanted.type, wanted.start, wanted.end)) {
                return true;
            }
        }
        return false;
    }

    /** Who stands in the way of a lock. */
    private static Set<Object> holders(List<Range> family, Range wanted) {
        Set<Object> holders = newOwnerSet();
        for (Range range : family) {
            if (range.conflicts(wanted.owner, wanted.type, wanted.start, wanted.end)) {
                holders.add(range.owner);
            }
        }
        return holders;
    }

    /** Notes that the owner waits, unless one of the holders waits, however indirectly, for it. */
    private boolean waitFor(Range wanted, Set<Object> holders) {
        synchronized (WAITING) {
            if (reaches(holders, wanted.owner, newOwnerSet())) {
                return false;
            }
            WAITING.put(wanted.owner, new Wait(this, wanted, holders));
            return true;
        }
    }

    private static boolean reaches(Set<Object> from, Object owner, Set<Object> seen) {
        for (Object holder : from) {
            if (holder == owner) {
                return true;
            }
            Wait next = WAITING.get(holder);
            if (next != null && seen.add(holder) && reaches(next.holders, owner, seen)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Object> newOwnerSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private boolean put(List<Range> family, Range wanted) {
        if (family == whole) {
            whole.add(wanted);
            return false;
        }
        int place = place(wanted.owner);
        boolean changed = cut(wanted.owner, wanted.start, wanted.end);
        long start = wanted.start;
        long end = wanted.end;
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (range.owner != wanted.owner || range.type != wanted.type) {
                continue;
            }
            if (range.end < start && range.end + 1 == start) {
                start = range.start;
                ranges.remove(i);
            } else if (end != Long.MAX_VALUE && range.start == end + 1) {
                end = range.end;
                ranges.remove(i);
            }
        }
        insert(wanted.part(start, end), place);
        if (changed) {
            renewWaits();
        }
        return changed;
    }

    /**
     * Notes anew who waits here for whom, after somebody gave something back. Those who wait look themselves, but later:
     * until then an old note would make a deadlock of a lock that was released, and no note would hide one.
     */
    private void renewWaits() {
        synchronized (WAITING) {
            WAITING.replaceAll((owner, wait) ->
                    wait.file == this ? new Wait(this, wait.wanted, holders(ranges, wait.wanted)) : wait);
        }
    }

    private boolean unlock(Object owner, long start, long end) {
        boolean changed = cut(owner, start, end);
        if (changed) {
            renewWaits();
            if (mirror != null) {
                mirror.relax(ranges, start, end);
            }
        }
        return changed;
    }

    /** Takes a range out of what an owner holds, splitting what reaches beyond it. */
    private boolean cut(Object owner, long start, long end) {
        int place = place(owner);
        List<Range> remains = new ArrayList<>(2);
        boolean changed = ranges.removeIf(range -> {
            if (range.owner != owner || range.start > end || range.end < start) {
                return false;
            }
            if (range.start < start) {
                remains.add(range.part(range.start, start - 1));
            }
            if (range.end > end) {
                remains.add(range.part(end + 1, range.end));
            }
            return true;
        });
        remains.forEach(range -> insert(range, place));
        return changed;
    }

    /** Where an owner's locks begin, or would. */
    private int place(Object owner) {
        int i = 0;
        while (i < ranges.size() && ranges.get(i).owner != owner) {
            i++;
        }
        return i;
    }

    private void insert(Range range, int place) {
        int i = place;
        while (i < ranges.size() && ranges.get(i).owner == range.owner && ranges.get(i).start < range.start) {
            i++;
        }
        ranges.add(i, range);
    }
}
