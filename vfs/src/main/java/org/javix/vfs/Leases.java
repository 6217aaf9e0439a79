package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.RecordLocks.F_RDLCK;
import static org.javix.vfs.RecordLocks.F_UNLCK;
import static org.javix.vfs.RecordLocks.F_WRLCK;

import java.util.ArrayList;
import java.util.List;

/**
 * The leases of one file: whoever holds one is told by a signal before somebody else opens or truncates the file, who has to
 * wait until the lease is given back or {@link #BREAK_SECONDS} have gone by. Thread-safe.
 *
 * <p>A lease is taken first, and then it is looked whether the file is open in a way that forbids it; an open is counted first,
 * and then it is looked for leases. So one of the two always sees the other.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETLEASE.2const.html">F_SETLEASE(2const)</a>
 */
final class Leases {
    /** How long a holder has to give a lease back, in seconds: {@code /proc/sys/fs/lease-break-time}. */
    static final int BREAK_SECONDS = 45;

    private static final int KEEPS = -1;

    /** One open file's lease. All guarded by the leases. */
    private static final class Lease {
        final OpenFile holder;
        int descriptor;
        int type;
        // What it must become, F_RDLCK or F_UNLCK, and when it becomes so by itself.
        int breaksTo = KEEPS;
        long deadline;

        Lease(OpenFile holder) {
            this.holder = holder;
        }

        boolean conflicts(boolean write) {
            return write || type == F_WRLCK;
        }
    }

    private final WaitQueue queue = new WaitQueue();
    private final long breakNanos;
    // Guarded by this.
    private final List<Lease> leases = new ArrayList<>(1);

    Leases() {
        this(BREAK_SECONDS * 1_000_000_000L);
    }

    /** @param breakNanos how long holders have */
    Leases(long breakNanos) {
        this.breakNanos = breakNanos;
    }

    /**
     * {@code F_SETLEASE}: takes, changes or gives back the lease of an open file.
     *
     * @param descriptor what the signal tells the holder
     * @return 0, -EACCES (another's file), -EAGAIN (it is open otherwise), -EINVAL
     */
    static int set(Credentials who, OpenFile file, int descriptor, int type) {
        Inode inode = file.inode();
        if (type != F_RDLCK && type != F_WRLCK && type != F_UNLCK) {
            return -EINVAL;
        }
        if (inode == null || !Permissions.owns(who, inode)) {
            return inode == null ? -EINVAL : -EACCES;
        }
        if (!FileMode.isRegular(inode.mode())) {
            return -EINVAL;
        }
        if (type == F_UNLCK) {
            Leases present = inode.leasesIfAny();
            if (present == null || !present.remove(file)) {
                return -EAGAIN;
            }
            file.setOwner(null); // as on Linux, with the lease goes who was told
            return 0;
        }
        return inode.leases().take(file, descriptor, type);
    }

    /** {@code F_GETLEASE}: the type of the lease of an open file; of one that is being broken, what it must become. */
    static int get(OpenFile file) {
        Leases present = file.inode() == null ? null : file.inode().leasesIfAny();
        return present == null ? F_UNLCK : present.type(file);
    }

    private synchronized int type(OpenFile file) {
        expire();
        Lease lease = find(file);
        return lease == null ? F_UNLCK : lease.breaksTo == KEEPS ? lease.type : lease.breaksTo;
    }

    private Lease find(OpenFile file) {
        for (Lease lease : leases) {
            if (lease.holder == file) {
                return lease;
            }
        }
        return null;
    }

    private int take(OpenFile file, int descriptor, int type) {
        int error;
        synchronized (this) {
            error = takeLocked(file, descriptor, type);
        }
        queue.wakeAll();
        return error;
    }

    private int takeLocked(OpenFile file, int descriptor, int type) {
        expire();
        Lease own = find(file);
        for (Lease lease : leases) {
            boolean isBroken = lease.breaksTo == F_UNLCK;
            if (lease != own && (type == F_WRLCK || lease.type == F_WRLCK && lease.breaksTo == KEEPS || isBroken)) {
                return -EAGAIN;
            }
        }
        int before = own == null ? KEEPS : own.type;
        if (own == null) {
            own = new Lease(file);
            leases.add(own);
        }
        own.type = type;
        if (file.inode().isOpenOtherwise(file, type == F_WRLCK)) {
            if (before == KEEPS) {
                leases.remove(own);
            } else {
                own.type = before;
            }
            return -EAGAIN;
        }
        own.descriptor = descriptor;
        if (own.breaksTo == type) {
            own.breaksTo = KEEPS;
        }
        return 0;
    }

    /** Gives the lease of an open file back; false if it has none. */
    boolean remove(OpenFile file) {
        boolean removed;
        synchronized (this) {
            removed = leases.removeIf(lease -> lease.holder == file);
        }
        queue.wakeAll();
        return removed;
    }

    /**
     * Tells the holders that somebody is about to use the file, and waits for them.
     *
     * @param write whether it is about to be written to
     * @param waiter who waits; null for not at all
     * @return 0, -EAGAIN if somebody would have to wait, -EINTR
     */
    int breakFor(boolean write, Waiter waiter) {
        List<Lease> told = new ArrayList<>();
        synchronized (this) {
            expire();
            for (Lease lease : leases) {
                int wanted = write ? F_UNLCK : F_RDLCK;
                if (lease.conflicts(write) && lease.breaksTo != F_UNLCK && lease.breaksTo != wanted) {
                    lease.deadline = lease.breaksTo == KEEPS ? System.nanoTime() + breakNanos : lease.deadline;
                    lease.breaksTo = wanted;
                    told.add(lease);
                }
            }
        }
        for (Lease lease : told) {
            FileOwner owner = lease.holder.owner();
            if (owner != null) {
                owner.tell(lease.descriptor, FileOwner.POLL_MSG);
            }
        }
        return waiter == null ? (deadline(write) == 0 ? 0 : -EAGAIN) : await(write, waiter);
    }

    private int await(boolean write, Waiter waiter) {
        queue.add(waiter);
        try {
            for (;;) {
                waiter.prepare();
                long deadline = deadline(write);
                if (deadline == 0) {
                    return 0;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.parkUntil(deadline);
            }
        } finally {
            queue.remove(waiter);
        }
    }

    /** When the next lease in the way ends by itself, by {@link System#nanoTime}; 0 if none is in the way. */
    private synchronized long deadline(boolean write) {
        expire();
        long first = 0;
        for (Lease lease : leases) {
            if (lease.conflicts(write) && (first == 0 || lease.deadline - first < 0)) {
                first = lease.deadline == 0 ? 1 : lease.deadline;
            }
        }
        return first;
    }

    /** Ends what holders had time enough to give back. */
    private void expire() {
        long now = System.nanoTime();
        leases.removeIf(lease -> {
            boolean late = lease.breaksTo == F_UNLCK && lease.deadline - now <= 0;
            if (late) {
                lease.holder.setOwner(null);
            }
            return late;
        });
        for (Lease lease : leases) {
            if (lease.breaksTo == F_RDLCK && lease.deadline - now <= 0) {
                lease.type = F_RDLCK;
                lease.breaksTo = KEEPS;
            }
        }
    }
}
